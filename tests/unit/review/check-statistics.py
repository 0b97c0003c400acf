#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Computes what the statistics of the review are compared with, another way: intervals from scipy, the regression by
minimizing the likelihood with a general method, and the error of kappa from the derivative of kappa, found numerically."""

import sys

import numpy as np
from scipy import optimize, stats


def precision(right, n):
    interval = stats.binomtest(right, n).proportion_ci(0.95, method="wilson")
    return [right / n, interval.low, interval.high]


def calibration(scale, rows):
    confidence, right = np.array(rows, float).reshape(-1, 2).T
    if scale == "logit":
        kept = np.clip(confidence, 0.0001, 0.9999)
        x = np.log(kept) - np.log1p(-kept)
    else:
        x = confidence
    design = np.column_stack([np.ones_like(x), x])

    def loss(beta):
        eta = design @ beta
        return np.sum(np.logaddexp(0, eta)) - right @ eta

    def gradient(beta):
        return design.T @ (1 / (1 + np.exp(-design @ beta)) - right)

    found = optimize.minimize(loss, [0, 0], jac=gradient, method="BFGS", options={"gtol": 1e-9})
    found = optimize.root(gradient, found.x, tol=1e-13)
    p = 1 / (1 + np.exp(-design @ found.x))
    covariance = np.linalg.inv(design.T @ (design * (p * (1 - p))[:, None]))
    threshold = (np.log(0.95 / 0.05) - found.x[0]) / found.x[1]
    if scale == "logit":
        threshold = 1 / (1 + np.exp(-threshold))
    return [*found.x, *np.sqrt(np.diag(covariance)), threshold]


def kappa(rows):
    table = np.array(rows, float)
    k = int(round(np.sqrt(table.size)))
    n = table.sum()
    share = table / n

    def value(flat):
        p = flat.reshape(k, k) / flat.sum()
        expected = p.sum(0) @ p.sum(1)
        return (np.trace(p) - expected) / (1 - expected)

    # The delta method on multinomial shares.
    step = 1e-6
    slopes = np.array([(value(share + step * unit) - value(share - step * unit)) / (2 * step) for unit in np.eye(k * k)])
    variance = (share @ slopes**2 - (share @ slopes) ** 2) / n
    half = stats.norm.ppf(0.975) * np.sqrt(variance)
    return [value(share), max(value(share) - half, -1), min(value(share) + half, 1)]


def main():
    for line in sys.stdin:
        what, *arguments = line.split()
        if what == "precision":
            out = precision(*map(int, arguments))
        elif what == "kappa":
            out = kappa([float(a) for a in arguments])
        else:
            out = calibration(arguments[0], [float(a) for a in arguments[1:]])
        print(" ".join(repr(float(number)) for number in out))


if __name__ == "__main__":
    main()
