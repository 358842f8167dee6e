"""The rubric proves itself: skeleton 0, solution 100, examples, spellings, rejected files, mutants.

Nothing here is on the plain path of `grade`.
"""

from grader.selftest.running import Part, SelfTest, run

__all__ = ["Part", "SelfTest", "run"]
