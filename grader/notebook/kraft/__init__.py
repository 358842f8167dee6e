"""How Kafka's controllers agree and how clients find a broker, in frames.

`from grader.notebook import kraft`, then `kraft.simulate(3)`, `kraft.start()`, `kraft.request("app")`.
"""

from grader.notebook.kraft.own import Start, start
from grader.notebook.kraft.request import Request, request
from grader.notebook.kraft.simulation import Simulation, simulate

__all__ = ["Request", "Simulation", "Start", "request", "simulate", "start"]
