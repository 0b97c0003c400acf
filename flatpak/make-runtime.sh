#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# make-runtime.sh FOLDER: makes a Flatpak runtime and its SDK from Debian packages, as org.debian.Platform//12 and
# org.debian.Sdk//12 in the repository FOLDER/repo. `./dev flatpak` builds, tests and runs Chorus on it where the GNOME
# runtime of Flathub cannot be had, or is not to be waited for.
#
# Needs root (for mmdebstrap and the owners of files), flatpak, ostree and mmdebstrap.

set -eu

folder=$1
arch=$(flatpak --default-arch)
branch=12
suite=bookworm

# What the GNOME runtime has of what Chorus uses, and FFTW, which the shipping manifest brings along.
platform() {
    cat <<'LIST'
libadwaita-1-0 libgtk-4-1 libgtk-4-bin librsvg2-common adwaita-icon-theme hicolor-icon-theme
libsoup-3.0-0 glib-networking ca-certificates libjson-glib-1.0-0 libsecret-1-0 libsqlite3-0 libfftw3-single3
libgstreamer1.0-0 libgstreamer-plugins-base1.0-0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good
gstreamer1.0-plugins-bad gstreamer1.0-libav gstreamer1.0-pulseaudio gstreamer1.0-tools
libgl1-mesa-dri libegl1 libgles2
fonts-cantarell fonts-dejavu-core gsettings-desktop-schemas dconf-gsettings-backend shared-mime-info xkb-data
dbus-bin libglib2.0-bin locales tzdata
LIST
}

# What Chorus is built with, and what its tests compare it with.
sdk() {
    cat <<'LIST'
gcc libc6-dev pkg-config meson ninja-build ccache gettext libxml2-utils debugedit elfutils file patch git
libglib2.0-dev libgtk-4-dev libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev libsecret-1-dev libsqlite3-dev libfftw3-dev
libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev
appstream appstream-util desktop-file-utils
python3 python3-scipy python3-soundfile python3-requests sox ffmpeg curl poppler-utils
LIST
}

# tree NAME PACKAGE...: a Debian system of these packages in FOLDER/NAME.
tree() {
    name=$1
    shift
    rm -rf --one-file-system "${folder:?}/$name"
    # Minimal, so that nothing is there that only a whole Debian would have; with the updates and security fixes of the suite,
    # which is what it takes of a stable one when it is told no address.
    mmdebstrap --quiet --mode=root --variant=minbase --aptopt='APT::Install-Recommends "0"' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        --dpkgopt='path-exclude=/usr/share/man/*' --include="$(printf '%s,' "$@")" "$suite" "$folder/$name"
}

# runtime NAME ID: the tree NAME as the runtime ID, exported to the repository. Takes the tree with it.
runtime() {
    tree=$folder/$1
    into=$folder/$1-runtime
    rm -rf --one-file-system "$into"
    # A runtime without this folder counts as one that was never begun.
    mkdir -p "$into/files" "$into/var"
    mv "$tree/usr" "$into/usr"
    mv "$tree/etc" "$into/usr/etc"
    # What says who and where this machine is comes from the one it runs on.
    (cd "$into/usr/etc" && rm -rf passwd* group* shadow* gshadow* subuid* subgid* machine-id resolv.conf hosts hostname host.conf \
        fstab mtab localtime timezone ld.so.cache ld.so.conf apt dpkg cron* init.d rc?.d systemd skel security pam* default \
        .pwd.lock ssl/private)
    : >"$into/usr/etc/ld.so.conf"
    (cd "$into/usr" && rm -rf local src games share/zoneinfo/localtime lib/ssl/private)
    find "$into/usr" -xdev -type f \( -perm -4000 -o -perm -2000 \) -exec chmod a-s {} +
    # Which versions it is made of.
    mkdir -p "$into/usr/share/runtime"
    cp "$tree/var/lib/dpkg/status" "$into/usr/share/runtime/dpkg-status"
    libraries=$(basename "$(dirname "$(find "$into/usr/lib" -name libgtk-4.so.1)")")
    cat >"$into/metadata" <<METADATA
[Runtime]
name=$2
runtime=org.debian.Platform/$arch/$branch
sdk=org.debian.Sdk/$arch/$branch

[Environment]
GST_PLUGIN_SYSTEM_PATH=/app/lib/gstreamer-1.0:/usr/lib/$libraries/gstreamer-1.0
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share
PKG_CONFIG_PATH=/app/lib/pkgconfig:/app/share/pkgconfig
METADATA
    flatpak build-export --disable-sandbox --runtime --arch="$arch" --subject="Debian $branch" --no-update-summary \
        "$folder/repo" "$into" "$branch" >/dev/null
    rm -rf --one-file-system "$tree" "$into"
}

mkdir -p "$folder"
# Uncompressed, so that it is installed by links and takes its room on the disk once.
[ -d "$folder/repo" ] || ostree --repo="$folder/repo" init --mode=bare-user-only

# shellcheck disable=SC2046 # one word for each package
tree platform $(platform)
runtime platform org.debian.Platform
# shellcheck disable=SC2046 # one word for each package
tree sdk $(platform) $(sdk)
runtime sdk org.debian.Sdk
flatpak build-update-repo "$folder/repo" >/dev/null
