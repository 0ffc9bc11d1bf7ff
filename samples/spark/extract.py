"""Reads articles on a Spark cluster: JSONL in, lines of `relata extract` out, ready for `relata load`.

    spark-submit samples/spark/extract.py RELATA INPUT OUTPUT

RELATA is the program on every worker (with RELATA_HOME, or its data/ and models/ beside it), INPUT anything that Spark reads as text, one
article a line. Each partition is one `relata extract -`: a pure filter, so a task that is run twice writes the same lines. A line that is
no article is reported on the worker's stderr and left out; anything else that goes wrong fails the task.
"""
import sys

from pyspark.sql import SparkSession

# Exit 2 of relata extract: some lines were skipped, all others are written.
FILTER = "sh -c '\"{relata}\" extract - --threads 1; code=$?; [ $code -eq 0 ] || [ $code -eq 2 ]'"


def main():
    relata, source, target = sys.argv[1:4]
    spark = SparkSession.builder.appName("relata extract").getOrCreate()
    lines = spark.sparkContext.textFile(source, minPartitions=4)
    lines.pipe(FILTER.format(relata=relata), checkCode=True).saveAsTextFile(target)
    spark.stop()


main()
