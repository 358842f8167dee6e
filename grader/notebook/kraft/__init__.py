"""How Kafka's controllers agree, in frames: `from grader.notebook import kraft`, then `kraft.simulate(3)`."""

from grader.notebook.kraft.simulation import Simulation, simulate

__all__ = ["Simulation", "simulate"]
