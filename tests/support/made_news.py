"""Articles for tests that need many: people who meet, praise and accuse each other in places, on five papers."""
import json, random

FIRST = ["Marta", "Tomas", "Anna", "Peter", "Ilse", "Anton", "Karin", "Dana"]
LAST = ["Lindqvist", "Berg", "Kovacs", "Holm", "Kranjec", "Belic", "Ekstrom", "Whitcombe"]
PLACES = ["Norway", "Estonia", "Portugal", "Chile", "Kenya", "Vietnam"]
VERBS = ["met", "praised", "accused", "telephoned", "criticised", "thanked"]


def write_articles(path, count, seed):
    """`count` lines for `relata ingest` or `relata extract`, the same for the same seed."""
    draw = random.Random(seed)
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            people = [f"{draw.choice(FIRST)} {draw.choice(LAST)}" for _ in range(12)]
            text = " ".join(f"{a} {draw.choice(VERBS)} {b} in {draw.choice(PLACES)} on Monday." for a, b in zip(people, people[1:]) if a != b)
            file.write(json.dumps({"uri": f"article-{number}", "published": f"2024-0{1 + number % 9}-15", "publisher": f"Paper {number % 5}", "text": text}) + "\n")
