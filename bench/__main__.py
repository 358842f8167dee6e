"""Print the table of ratios: `python -m bench`. Only figures of one run may be compared with each other."""

import os

from bench import cold, inside, mix
from grader import kit
from grader.report import Report
from grader.rubric import load_rubric
from grader.selftest.submissions import grade_text

GROWTH = (1, 2, 5, 10)
EVENTS = "events: yaml.parse, CLoader"
BARE_EVENTS = "events: the C parser alone"


def main() -> None:
    """Measure and print."""
    solution = os.path.join(kit.kit_folder(), "solutions", "docker-compose.yml")
    print("Cold starts (median of whole processes; x: times the minimal script)")
    print(f"  {'':<24}{'elapsed':>12}{'processor time':>28}")
    starts = cold.medians(cold.commands(solution))
    least = starts["minimal script"]
    for name, (wall, processor) in starts.items():
        print(
            f"  {name:<24}{wall:9.1f} ms{wall / least.wall_ms:7.2f} x"
            f"{processor:12.1f} ms{processor / least.processor_ms:7.2f} x"
        )
    with open(solution, encoding="utf-8") as file:
        text = file.read()
    rubric = load_rubric(kit.rubric_folder())
    print("\nIn one process, every text another one (least processor time)")

    def grade_in_memory(other: str) -> Report:
        return grade_text(other, rubric)

    works = {EVENTS: inside.list_events, BARE_EVENTS: inside.parse_events, "grade with full findings": grade_in_memory}
    times = inside.least({name: (work, text) for name, work in works.items()})
    for name, value in times.items():
        listed, bare = value / times[EVENTS], value / times[BARE_EVENTS]
        print(f"  {name:<32}{value:8.3f} ms   {listed:5.2f} x the events   {bare:5.2f} x without PyYAML's loader")
    mean = mix.mean_ms(mix.submissions(), rubric)
    print(f"\nA class of {mix.SUBMISSIONS:,} generated submissions, of all sorts (grade alone, processor time)")
    share = mean / times[EVENTS]
    print(f"  {1000 / mean:7,.0f} a second and core{mean:14.3f} ms each{share:8.2f} x the events of the solution")
    print("\nGrowth of the file (grade, least processor time)")
    texts = {factor: inside.grown(text, factor) for factor in GROWTH}
    grows = inside.least({str(factor): (grade_in_memory, texts[factor]) for factor in GROWTH})
    for factor in GROWTH:
        size = len(texts[factor]) / len(text)
        share = grows[str(factor)] / grows["1"] / size
        print(f"  {size:5.1f} x the text{grows[str(factor)]:19.3f} ms   {share:5.2f} x its share")


if __name__ == "__main__":
    main()
