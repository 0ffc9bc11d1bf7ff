#!/usr/bin/env python3
"""Counts the errors of a reading by kind: error_kinds.py EVAL DIR, where EVAL holds the scorers and dev/, DIR what `relata extract` made of dev/.

EVAL/dev/<measurement>/gold.json is the gold, DIR/<measurement>.<form>.jsonl the output, as the scorers read them. Each error falls into the first
kind whose condition it fulfils; the conditions stand below, one function a measurement. Standard library only.
"""
import json
import re
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

EVAL, DIR = Path(sys.argv[1] if len(sys.argv) > 2 else ""), Path(sys.argv[-1])
sys.path.insert(0, str(EVAL))


def gold(name):
    return json.load(open(EVAL / "dev" / name / "gold.json", encoding="utf-8"))


def system(name):
    path = next(DIR.glob(f"{name}.*.jsonl"))
    return {json.loads(l).get("uri", json.loads(l).get("document", {}).get("uri", "")).rsplit(".", 1)[0]: json.loads(l) for l in open(path, encoding="utf-8")}


def show(title, kinds):
    total = sum(kinds.values())
    print(f"{title}: {total}")
    for kind, n in kinds.most_common():
        print(f"  {100 * n / total:5.1f} %  {n:5}  {kind}")


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def names():
    from score_ner import MAP, trim
    out = system("ner")
    missed, extra = Counter(), Counter()
    for doc, g in gold("ner")["docs"].items():
        want = {(*trim(g["text"], n["begin"], n["end"]), n["type"]) for n in g["names"]}
        got = {(*trim(g["text"], n["begin"], n["end"]), MAP.get(n["type"], "other")) for n in out.get(doc, {}).get("names", [])}
        for w in want - got:
            same = [x for x in got if x[:2] == w[:2]]
            near = [x for x in got if overlap(x, w)]
            missed[f"right words, another type ({w[2]} read as {same[0][2]})" if same else "other boundaries" if near else f"not seen: {w[2]}"] += 1
        for x in got - want:
            if x[2] != "other" and not any(overlap(x, w) for w in want): extra[f"no name in the gold: read as {x[2]}"] += 1
    show("names, missed or wrong", missed)
    show("names, read where the gold has none", extra)


def times():
    out = system("times")
    by_set = defaultdict(Counter)
    kinds = [("seen from another date (a year ago, the next month, last week)", r"\b(ago|earlier|later|before|after|next|last|previous|following|this|that|year-ago)\b"),
             ("definite, of what was told (the quarter, the day)", r"^(the|its) "), ("vague (recent months, a few years, centuries)", r"\b(recent|coming|past|few|several|some|many)\b|s$"),
             ("weekday, month or day without year", r"day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d"), ("season, part of day", r"spring|summer|fall|autumn|winter|night|morning|evening|noon")]
    for doc, g in gold("times")["docs"].items():
        c, text = by_set[g["set"]], g["text"]
        got = out.get(doc, {}).get("times", [])
        for w in g["times"]:
            hits = [x for x in got if overlap((x["begin"], x["end"]), (w["begin"], w["end"]))]
            if not hits: c["not seen"] += 1; continue
            if any(x.get("value") in [v or "" for v in w["values"]] for x in hits): continue
            words = text[w["begin"]:w["end"]].lower()
            c["value: " + next((k for k, p in kinds if re.search(p, words)), "other")] += 1
        c["no time in the gold"] += sum(not any(overlap((x["begin"], x["end"]), (w["begin"], w["end"])) for w in g["times"]) for x in got)
    for name, c in by_set.items(): show(f"times, {name}", c)


def coref():
    pronouns = set("he she it they him her them his its their hers theirs himself herself itself themselves i you we me us my your our this that these those".split())
    kind = lambda t: "pronoun" if t.lower() in pronouns else "name" if t.split()[-1][:1].isupper() else "noun phrase"
    out = system("coref")
    lost, extra = Counter(), Counter()
    for doc, g in gold("coref")["docs"].items():
        text = g["text"]
        chains = [{(m["b"], m["e"]) for m in c} for c in g["chains"]]
        of = {m: i for i, c in enumerate(chains) for m in c}
        got = [{(m["begin"], m["end"]) for m in a["mentions"]} for a in out.get(doc, {}).get("actors", [])]
        got = [c for c in got if len(c) > 1]
        mine = {m: c for c in got for m in c}
        for m, i in of.items():
            k = kind(text[m[0]:m[1]])
            if m in mine:
                if not any(of.get(x) == i for x in mine[m] if x != m): lost[f"{k}: joined to others"] += 1
            else: lost[f"{k}: " + ("other boundaries" if any(overlap(m, x) for x in mine) else "not joined to anything")] += 1
        for m in mine:
            if m not in of: extra[f"{kind(text[m[0]:m[1]])}: in no chain of the gold"] += 1
    show("coreference, mentions of the gold", lost)
    show("coreference, mentions too many", extra)


def gap():
    from score_gap import names as is_name
    out = system("gap")
    kinds = Counter()
    for doc, g in gold("gap")["docs"].items():
        actor, text = next((a for a in out.get(doc, {}).get("actors", []) if any([m["begin"], m["end"]] == g["pronoun"] for m in a["mentions"])), None), g["text"]
        spans = [(m["begin"], m["end"]) for m in actor["mentions"]] if actor else []
        every = [(m["begin"], m["end"]) for a in out.get(doc, {}).get("actors", []) for m in a["mentions"]]
        said = {k: any(is_name(text, g[k], m) for m in spans if list(m) != g["pronoun"]) for k in "ab"}
        want = {k: g[k + "_coref"] for k in "ab"}
        if said == want: continue
        right = next((k for k in "ab" if want[k]), None)
        if right is None: kinds["one of the two, though neither is meant"] += 1
        elif not any(is_name(text, g[right], m) for m in every): kinds["the right name was not seen"] += 1
        elif said["b" if right == "a" else "a"]: kinds["the other of the two"] += 1
        else: kinds["a third person, or nobody"] += 1
    show("GAP, contexts read wrongly", kinds)


def events():
    from score_events import SYM, is_actor
    out = system("events")
    kinds = Counter()
    for doc, g in gold("events")["docs"].items():
        if not (g["source"] and g["target"]) and not g["reciprocal"]: continue
        d = out.get(doc, {"entities": [], "statements": []})
        spans = {e["id"]: [(m["begin"], m["end"]) for m in e["mentions"]] for e in d["entities"]}
        is_of = {e["id"]: {s for s in ("source", "target") if any(is_actor(e, spans[e["id"]], x) for x in g[s])} for e in d["entities"]}
        sides = ("source", "source") if g["reciprocal"] else ("source", "target")
        joins = [s for s in d["statements"] if (sides[0] in is_of[s["subject"]] and sides[1] in is_of[s["object"]]) or (sides[1] in is_of[s["subject"]] and sides[0] in is_of[s["object"]])]
        right = [s for s in joins if s["type"] in g["types"]]
        if any(sides[0] in is_of[s["subject"]] or s["type"] in SYM for s in right): continue
        if right: kinds["right type, other direction"] += 1
        elif joins: kinds["pair joined by " + ("OTHER: the word is not known" if all(s["type"] == "OTHER" for s in joins) else "a state" if all(s["type"].isupper() and s["type"] in
                    ("HAS_POSITION_AT", "LOCATED_IN", "PART_OF", "MEMBER_OF", "CITIZEN_OF", "OPPONENT_OF", "ALLY_OF", "OWNS", "TRAVELLED_TO", "OTHER") for s in joins) else "another type")] += 1
        elif all(any(s in x for x in is_of.values()) for s in set(sides)): kinds["both seen, not joined"] += 1
        else: kinds["an actor is no entity"] += 1
    show("events, records without their triple", kinds)


def meantime():
    import score_meantime as scorer
    g, out = gold("meantime"), system("meantime")
    lost, extra = Counter(), Counter()
    for doc, d in g["docs"].items():
        x = out.get(doc, {"entities": [], "statements": []})
        spans = [(m["begin"], m["end"], e["id"]) for e in x["entities"] for m in e["mentions"]]
        votes = defaultdict(Counter)
        for k, i in scorer.align(d["mentions"], spans).items(): votes[i][d["mentions"][k]["chain"]] += 1
        chain = {i: c.most_common(1)[0][0] for i, c in votes.items()}
        told = [(frozenset((chain.get(s["subject"]), chain.get(s["object"]))), s) for s in x["statements"]]
        near = lambda s, e: any(s["evidence"]["begin"] <= b and f <= s["evidence"]["end"] for b, f in e["triggers"])
        right = set()
        for e in d["events"]:
            for pair in map(frozenset, combinations(e["participants"], 2)):
                if any(p == pair and near(s, e) for p, s in told): right.add(pair); continue
                bare = [c for c in pair if not g["entities"][c]["named"]]
                lost["an end has no name" if bare else "an end is not found under its name" if not pair <= set(chain.values()) else
                     "told by another sentence" if any(p == pair for p, _ in told) else "both found, not joined by a statement"] += 1
        seen = set()
        for p, s in told:
            if len(p) == 2 and None not in p and p not in right and p not in seen and any(near(s, e) for e in d["events"]):
                seen.add(p)
                extra[s["type"]] += 1
    show("MEANTIME, pairs missed", lost)
    show("MEANTIME, pairs that the gold does not annotate, by type", extra)


def triples():
    from score_carb import match, read_gold, read_triples
    want, got = read_gold(gold("carb")), read_triples(next(DIR.glob("carb.*.jsonl")))
    lost, extra = Counter(), Counter()
    for key, tuples in want.items():
        mine = got.get(key, [])
        for t in tuples:
            found = max((match(t, m)[1] for m in mine), default=0)
            if found >= .75: continue
            lost["no triple of the predicate" if found == 0 else "less than half of the words" if found < .5 else "half to three quarters of the words"] += 1
        for m in mine:
            best = max((match(t, m)[0] for t in tuples), default=0)
            if best < .75: extra["no gold of the predicate" if best == 0 else "less than half of its words in the gold" if best < .5 else "half to three quarters in the gold"] += 1
    show("open triples, gold found by less than three quarters", lost)
    show("open triples, own less than three quarters right", extra)


def tokens():
    out = system("tokens")
    tags, ends = Counter(), Counter()
    for doc, g in gold("tokens")["docs"].items():
        want = {(b, e): t for s in g["sentences"] for b, e, t in s}
        sentences = [[t for t in s if t["text"].strip()] for s in out.get(doc, {}).get("sentences", [])]
        for t in (t for s in sentences for t in s):
            w = want.get((t["begin"], t["end"]))
            if w and w.replace("-LRB-", "(").replace("-RRB-", ")") != t["tag"].replace("-LRB-", "(").replace("-RRB-", ")"): tags[f"{w} read as {t['tag']}"] += 1
        gold_ends, own = {s[-1][1] for s in g["sentences"]}, {s[-1]["end"] for s in sentences if s}
        ends["an end too many"] += len(own - gold_ends)
        ends["an end missed"] += len(gold_ends - own)
    rest = sum(tags.values()) - sum(n for _, n in tags.most_common(8))
    show("tags", Counter({**dict(tags.most_common(8)), "others": rest}))
    show("sentence ends", ends)


if __name__ == "__main__":
    if len(sys.argv) != 3: sys.exit(__doc__)
    for measurement in (triples, times, names, tokens, coref, gap, events, meantime): measurement()
