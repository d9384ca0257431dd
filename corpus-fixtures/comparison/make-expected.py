"""Writes the samples and the expected figures of this folder. See README.md."""

import random

import numpy as np
import rbo
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower

random.seed(20261122)


def mean_difference(one, other, axis):
    return np.mean(one - other, axis=axis)


# Values with one to three decimals, so that differences tie and some are 0.
with open("pairs.tsv", "w") as out:
    out.write("system\tbaseline\tdifference\tp\td_z\tsuperiority\n")
    for count, digits, shift in ((2, 1, 0.3), (5, 1, 0.2), (6, 2, 0.3), (8, 1, 0.1), (10, 3, 0.05), (12, 2, 0.1),
                                 (13, 2, 0.0), (16, 1, 0.1), (18, 3, 0.15)):
        baseline = np.round([random.random() for _ in range(count)], digits)
        system = np.round([value + random.gauss(shift, 0.25) for value in baseline], digits)
        if count == 16:
            system[:8] = baseline[:8]
        difference = system - baseline
        # Every one of the 2^count exchanges is counted.
        test = stats.permutation_test((system, baseline), mean_difference, permutation_type="samples",
                                      vectorized=True, n_resamples=np.inf, alternative="two-sided")
        superiority = (np.sum(difference > 1e-9) + np.sum(abs(difference) <= 1e-9) / 2) / count
        out.write(",".join(map(repr, system.tolist())) + "\t" + ",".join(map(repr, baseline.tolist())) + "\t")
        out.write(f"{difference.mean():.12f}\t{test.pvalue:.12f}\t")
        out.write(f"{difference.mean() / difference.std(ddof=1):.12f}\t{superiority:.12f}\n")

with open("holm.tsv", "w") as out:
    out.write("p\tadjusted\n")
    for count in (1, 2, 3, 5, 10, 30):
        values = [round(random.random() ** 4, 4) for _ in range(count)]
        if count > 4:
            values[3] = values[1]
        adjusted = multipletests(values, alpha=0.05, method="holm")[1]
        out.write(",".join(map(str, values)) + "\t" + ",".join(f"{value:.12f}" for value in adjusted) + "\n")

with open("student.tsv", "w") as out:
    out.write("freedom\tshare\tquantile\n")
    for freedom in (1, 2, 3, 4, 5, 9, 10, 29, 100, 1001):
        for share in (0.5, 0.8, 0.975, 0.9995, 0.01):
            out.write(f"{freedom}\t{share}\t{stats.t.ppf(share, freedom):.12g}\n")

# Effect sizes that the paired t-test sees with 80 % power, by the non-central t.
with open("power.tsv", "w") as out:
    out.write("pairs\tcomparisons\teffect\n")
    for pairs in (8, 10, 20, 50, 200):
        for comparisons in (1, 6, 30):
            effect = TTestPower().solve_power(nobs=pairs, alpha=0.05 / comparisons, power=0.8)
            out.write(f"{pairs}\t{comparisons}\t{float(np.squeeze(effect)):.9f}\n")

with open("overlap.tsv", "w") as out:
    out.write("one\tother\tpersistence\toverlap\n")
    for number in range(60):
        pool = random.choice([3, 10, 40])
        one = [f"d{value}" for value in random.sample(range(pool), random.randint(1, pool))]
        other = [f"d{value}" for value in random.sample(range(pool), random.randint(1, pool))]
        if number % 3 == 0:
            other = other[:len(one)]
            one = one[:len(other)]
        persistence = random.choice([0.5, 0.8, 0.9, 0.98])
        value = rbo.RankingSimilarity(one, other).rbo_ext(p=persistence)
        out.write(f"{','.join(one)}\t{','.join(other)}\t{persistence}\t{value:.12f}\n")
