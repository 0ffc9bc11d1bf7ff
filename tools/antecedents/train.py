#!/usr/bin/env python3
"""Trains the weights by which the antecedent of "he" and "she" is chosen: train.py GAP-DEVELOPMENT.tsv > models/antecedents.tsv

The data: gap-development.tsv of the GAP Coreference Dataset (Webster et al. 2018, "Mind the GAP: A Balanced Corpus of Gendered Ambiguous
Pronouns"; 2,000 contexts; Apache-2.0; github.com/google-research-datasets/gap-coreference). Nothing of its text goes into the weights.
The model: a log-linear ranking of the candidates that agree (extract/reference/person_traits.h), fitted to the probability that a mention of
the right actor ranks first, with a pull towards the weights of START, which were set by hand. Deterministic; standard library only; about
a minute. Prints to standard error how it does on held-out fifths of the data. Run in the project's folder after ./start or a build in build/.
"""
import csv
import json
import math
import subprocess
import sys
import zlib

PULL, STEPS, RATE, FOLDS = 5.0, 150, 0.05, 5
NOBODY = -1.5
START = {"subject": .7, "object": .45, "possessor": .25, "modifier": -.7, "root_subject": .25, "one_before": -2.0, "two_before": -3.3,
         "more_before": -5.0, "tokens_between": -.3, "early": .25, "clause_subject": .35, "clause_subject_of_possessive": .5,
         "same_clause_possessive": .5, "relative_subject": 1.2, "mentions_so_far": .12, "is_pronoun": .5, "definite_nominal": -.25,
         "indefinite_nominal": -.35, "unnamed_chain": -.8, "named": .3, "gender_known": .5, "type_doubtful": -.3, "leans_so": .2,
         "leans_otherwise": -.5, "after": 3.2, "after_possessive": 4.0,
         "subject < subject": 1.35, "subject << subject": 1.35, "object < object": .75, "object << object": .75}


def start(trait):
    return START[trait] if trait in START else START.get(trait.split(" <")[0], 0.0) if " <" in trait else 0.0


def names_it(text, name, span):
    """Whether a phrase is that name: inside it, or ending with it after titles, or beginning with it before an apposition."""
    (begin, end), (first, last) = name, span
    if begin <= first and last <= end:
        return True
    if first <= begin and (last == end or text[end:last] in ("'s", "’s")):
        return True
    return first == begin and last > end and text[end:end + 2].strip()[:1] in (",", "(")


def read(path):
    for row in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t"):
        at = int(row["Pronoun-offset"])
        yield {"uri": row["ID"], "text": row["Text"], "pronoun": [at, at + len(row["Pronoun"])],
               "names": [[int(row[n + "-offset"]), int(row[n + "-offset"]) + len(row[n])] for n in "AB"],
               "right": [row[n + "-coref"].upper() == "TRUE" for n in "AB"]}


def examples(contexts):
    """[(uri, [traits of each candidate ... nobody], [which name each candidate is], [which are right], how many names are right)]"""
    of = {context["uri"]: context for context in contexts}
    lines = "".join(json.dumps({"uri": c["uri"], "text": c["text"]}) + "\n" for c in contexts)
    subprocess.run(["ninja", "-C", "build", "antecedent_traits"], check=True, stdout=sys.stderr)
    seen = subprocess.run(["build/antecedent_traits"], input=lines, text=True, check=True, capture_output=True).stdout
    for line in map(json.loads, seen.splitlines()):
        context = of[line["uri"]]
        if line["pronoun"] != context["pronoun"]:
            continue
        who = [[any(names_it(context["text"], name, span) for span in c["names"]) for name in context["names"]] for c in line["candidates"]]
        who.append([False, False])
        right = [any(a and b for a, b in zip(w, context["right"])) if any(context["right"]) else not any(w) for w in who]
        yield context["uri"], [list(c["traits"].items()) for c in line["candidates"]] + [None], who, right, context["right"]


def sums(candidates, weights):
    return [NOBODY if c is None else sum(weights.get(t, 0.0) * v for t, v in c) for c in candidates]


def train(data, traits):
    weights = {t: start(t) for t in traits}
    mean, square = dict.fromkeys(traits, 0.0), dict.fromkeys(traits, 0.0)
    useful = [(c, right, 1.0 if any(gold) else .5) for _, c, _, right, gold in data if any(right) and not all(right)]
    for step in range(1, STEPS + 1):
        slope = {t: PULL * (weights[t] - start(t)) for t in traits}
        for candidates, right, share in useful:
            s = sums(candidates, weights)
            top = max(s)
            e = [math.exp(x - top) for x in s]
            total, good = sum(e), sum(x for x, r in zip(e, right) if r)
            for c, x, r in zip(candidates, e, right):
                if c is None:
                    continue
                push = share * (x / total - (x / good if r else 0.0))
                for t, v in c:
                    slope[t] += push * v
        for t in traits:  # Adam (Kingma & Ba 2015)
            mean[t] = .9 * mean[t] + .1 * slope[t]
            square[t] = .99 * square[t] + .01 * slope[t] ** 2
            weights[t] -= RATE * (mean[t] / (1 - .9 ** step)) / (math.sqrt(square[t] / (1 - .99 ** step)) + 1e-6)
    return weights


def f1(data, weights, wanted):
    found = said = 0
    for _, candidates, who, _, gold in data:
        s = sums(candidates, weights)
        chosen = who[max(range(len(s)), key=s.__getitem__)]
        said += sum(chosen)
        found += sum(a and b for a, b in zip(chosen, gold))
    return 200 * found / (said + wanted)


def main():
    contexts = list(read(sys.argv[1]))
    data = list(examples(contexts))
    traits = sorted({t for _, candidates, *_ in data for c in candidates if c for t, _ in c})
    fold = {c["uri"]: zlib.crc32(c["uri"].encode()) % FOLDS for c in contexts}
    for f in range(FOLDS):
        weights = train([d for d in data if fold[d[0]] != f], traits)
        held = [d for d in data if fold[d[0]] == f]
        wanted = sum(sum(c["right"]) for c in contexts if fold[c["uri"]] == f)
        print(f"fold {f}: F1 {f1(held, {t: start(t) for t in traits}, wanted):.1f} by hand, {f1(held, weights, wanted):.1f} trained", file=sys.stderr)
    print("# Weights of the traits of an antecedent of \"he\" and \"she\" (extract/reference/person_traits.h): trait, weight.\n"
          "# Made by tools/antecedents/train.py from gap-development.tsv (GAP Coreference Dataset, Apache-2.0).")
    for trait, weight in sorted(train(data, traits).items()):
        print(f"{trait}\t{weight:.3f}")
    print(f"nobody\t{NOBODY}")


if __name__ == "__main__":
    main()
