"""Published assignment problems: raw files of ../shared/data/assignment and worked examples of textbooks."""

from pathlib import Path

SHARED = Path(__file__).parents[4] / ".." / "shared" / "data" / "assignment"

WORKERS_AND_TASKS = [  # developers.google.com/optimization/assignment/assignment_example: 5 workers, 4 tasks, 265
    [90, 80, 75, 70],
    [35, 85, 55, 65],
    [125, 95, 90, 95],
    [45, 110, 95, 115],
    [50, 100, 90, 100],
]
SIZES = [10, 7, 3, 12, 15, 4, 11, 5]
MOST_SIZE = 15
WORKERS_AND_SIZED_TASKS = [  # developers.google.com/optimization/assignment/assignment_task_sizes: 326
    [90, 76, 75, 70, 50, 74, 12, 68],
    [35, 85, 55, 65, 48, 101, 70, 83],
    [125, 95, 90, 105, 59, 120, 36, 73],
    [45, 110, 95, 115, 104, 83, 37, 71],
    [60, 105, 80, 75, 59, 62, 93, 88],
    [45, 65, 110, 95, 47, 31, 81, 34],
    [38, 51, 107, 41, 69, 99, 115, 48],
    [47, 85, 57, 71, 92, 77, 109, 36],
    [39, 63, 97, 49, 118, 56, 92, 61],
    [47, 101, 71, 60, 88, 109, 52, 90],
]


def read_instance(name):
    """(costs, weights, capacities), tasks x agents, of a file in OR-Library's format."""
    numbers = iter((SHARED / name).read_text().split())
    agents, tasks = int(next(numbers)), int(next(numbers))
    costs, weights = ([[int(next(numbers)) for _ in range(tasks)] for _ in range(agents)] for _ in "cw")
    capacities = [int(next(numbers)) for _ in range(agents)]
    return turned(costs), turned(weights), capacities


def turned(rows):
    return [list(column) for column in zip(*rows, strict=True)]
