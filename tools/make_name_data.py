#!/usr/bin/env python3
"""Makes the three long lists of data/names from public data; the other files of that folder are written by hand.

    make_name_data.py OUT --faker DIR --census DIR --cities geonames.mo --regions en.xml --words index.noun

given_names.tsv   Faker's person providers (MIT) and the first names of the United States census of 1990 (public domain)
surnames.tsv      the 6,000 commonest surnames of the same census, and Faker's
cities.tsv        English names of cities over 15,000 people: geonames.org (CC BY 4.0), from the Debian package libgeonames-common
regions.tsv       first-level subdivisions of states: Unicode CLDR (Unicode licence), from the Debian package unicode-cldr-core
Names that are also common English nouns (WordNet's index of nouns) are left out of surnames, cities and regions."""
import argparse, ast, collections, gettext, os, re, unicodedata

HEAD = "# Made by tools/make_name_data.py; see there for sources and licences. Do not edit.\n"


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def latin(name):
    return all(c.isascii() or unicodedata.name(c, "").startswith("LATIN") or c in "'’-" for c in name)


CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
                    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya i i ie g".split(" ")))


def romanize(name):
    out = "".join(CYRILLIC.get(c, c) for c in name.lower())
    return out[:1].upper() + out[1:]


def literals(node, env):
    """Strings of a list, tuple, dict or sum of names of such, as Faker's providers write them."""
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return [x for e in node.elts for x in literals(e, env)]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.Dict):
        return [x for k in node.keys for x in literals(k, env)]
    if isinstance(node, ast.Call):
        return [x for a in node.args for x in literals(a, env)]
    if isinstance(node, ast.BinOp):
        return literals(node.left, env) + literals(node.right, env)
    if isinstance(node, ast.Name):
        return env.get(node.id, [])
    return []


def faker(folder):
    for locale in sorted(os.listdir(folder)):
        path = os.path.join(folder, locale, "__init__.py")
        if not os.path.isfile(path): continue
        env = {}
        for node in ast.walk(ast.parse(open(path, encoding="utf-8").read())):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                env[node.targets[0].id] = literals(node.value, env)
        for key, names in env.items():
            kind = None
            if re.match(r"(first|given)_(romanized_)?names?(_(fe)?male|_boys?|_girls?)?|first_(fe)?male_names", key):
                kind = "f" if "female" in key or "girl" in key else "m" if "male" in key or "boy" in key else "u"
            elif "last" in key and "format" not in key: kind = "last"
            if not kind: continue
            for n in names:
                n = n.strip()
                if re.match(r"^[\u0400-\u04ff]+$", n): n = romanize(n)
                if latin(n) and n[:1].isupper() and 1 < len(n) < 20 and re.match(r"^[^\W\d_]+([-'’][^\W\d_]+)*$", n): yield locale, kind, n


def census(path):
    for line in open(path):
        name, share, *_ = line.split()
        yield name.capitalize(), float(share)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("out")
    for x in ("faker", "census", "cities", "regions", "words"): a.add_argument("--" + x, required=True)
    a = a.parse_args()
    nouns = {l.split()[0].capitalize() for l in open(a.words) if l[0] != " " and "_" not in l.split()[0]}
    # WordNet's nouns include proper ones; a word is common when its first sense is no instance.
    common = set()
    instances = set()
    for l in open(os.path.join(os.path.dirname(a.words), "data.noun")):
        if l[0] != " ":
            w = l.split()
            count = int(w[3], 16)
            for i in range(count):
                (instances if w[4 + 2 * i][0].isupper() else common).add(w[4 + 2 * i].capitalize())
    for name in ("adj", "verb", "adv"):
        common |= {l.split()[0].capitalize() for l in open(os.path.join(os.path.dirname(a.words), "index." + name)) if l[0] != " "}
    weight = collections.defaultdict(lambda: [0.0, 0.0])
    last = collections.Counter()
    either = set()
    for locale, kind, n in faker(a.faker):
        if kind == "last": last[n] += 1
        elif kind == "u": either.add(n)  # often only the sum of the two other lists
        else: weight[n][kind == "f"] += .02
    for g, f in ((0, "dist.male.first"), (1, "dist.female.first")):
        for n, share in census(os.path.join(a.census, f)): weight[n][g] += share + .004
    rank = 0
    for n, share in census(os.path.join(a.census, "dist.all.last")):
        rank += 1
        if rank <= 6000: last[n] += 1
    for n in either - set(weight): weight[n] = [.01, .01]
    for n in list(weight):
        p = plain(n)
        if p != n:
            weight[p][0] += weight[n][0]; weight[p][1] += weight[n][1]
    with open(os.path.join(a.out, "given_names.tsv"), "w", encoding="utf-8") as f:
        f.write(HEAD + "# name, gender: m, f, or u when it is given to both\n")
        for n, (m, w) in sorted(weight.items()):
            g = "m" if m > 2.5 * w else "f" if w > 2.5 * m else "u"
            if n in common and m + w < .05: continue
            f.write(f"{n}\t{g}\n")
    with open(os.path.join(a.out, "surnames.tsv"), "w", encoding="utf-8") as f:
        f.write(HEAD + "# surname\n")
        for n in sorted(last):
            if n not in common and len(n) > 2: f.write(n + "\n")
    catalog = gettext.GNUTranslations(open(a.cities, "rb"))._catalog
    cities = {n for k, n in catalog.items() if k}
    with open(os.path.join(a.out, "cities.tsv"), "w", encoding="utf-8") as f:
        f.write(HEAD + "# city\n")
        out = set()
        for n in cities:
            for v in {n, plain(n)}:
                first = v.split()[0] if v.split() else ""
                if len(v) > 2 and v[0].isupper() and v.capitalize() not in common - instances and re.match(r"^[^\d()/,]+$", v) and (first not in common or len(v.split()) > 1):
                    out.add(v)
        for v in sorted(out): f.write(v + "\n")
    with open(os.path.join(a.out, "regions.tsv"), "w", encoding="utf-8") as f:
        f.write(HEAD + "# region\n")
        out = set()
        for n in re.findall(r'<subdivision type="\w+"[^>]*>([^<]+)<', open(a.regions, encoding="utf-8").read()):
            n = n.replace("&amp;", "&")
            for v in {n, plain(n)}:
                if len(v) > 2 and v[0].isupper() and v.capitalize() not in common - instances and re.match(r"^[^\d()/,]+$", v): out.add(v)
        for v in sorted(out): f.write(v + "\n")


if __name__ == "__main__":
    main()
