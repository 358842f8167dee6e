"""One batch from beginning to end: what comes in, who grades it, what is kept, what is made of it."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NamedTuple

from grader.batch.briefs import Brief, brief_of
from grader.batch.edition import edition_of
from grader.batch.opening.collecting import TOO_LARGE
from grader.batch.output_files import FEEDBACK
from grader.batch.page_names import MAX_IN_ONE_FOLDER, PageNames
from grader.batch.progress import Counts, display_for
from grader.batch.records import basis
from grader.batch.results import Known, Results
from grader.batch.sources.source import Source
from grader.batch.submission import InMemory, Packed, Submission
from grader.batch.workers.pool import Processes, Workers, in_order
from grader.batch.workers.tasks import Done, Settings, Task, write_page
from grader.endings import CommandFailed
from grader.rubric import Rubric

MAX_CHUNK = 50  # submissions: of their results, several chunks of each worker lie in memory at a time
MAX_CLUSTER_CHUNK = 200  # likewise; a cluster takes its time for each chunk, and its results lie elsewhere
MAX_CHUNK_BYTES = 4 * 1024 * 1024  # of what travels with the submissions
CHUNKS_A_JOB = 8  # at least, so that all processes end at about the same time


class Plan(NamedTuple):
    """What was asked for: the path of the submissions, the folder of the results (it exists), and how it is done.

    `jobs` is the number of worker processes here; a cluster has its own.
    """

    submissions: str
    out: str
    jobs: int
    feedback: bool
    fresh: bool
    scheduler: str | None = None


class Batch:
    """One run of a batch over one source."""

    def __init__(self, source: Source, rubric: Rubric, plan: Plan) -> None:
        self.source = source
        self.rubric = rubric
        self.plan = plan
        self.edition = edition_of(rubric)
        many = source.count is None or source.count > MAX_IN_ONE_FOLDER
        self._names = PageNames(many=many)
        self._former_names = PageNames(many=not many)  # of a run in which the class was smaller, or larger
        self._settings = Settings(os.path.abspath(rubric.folder), plan.feedback, plan.out, many)
        # pages of an earlier run, which say what was so then
        self._pages_age = os.path.isdir(os.path.join(plan.out, FEEDBACK))
        self.counts = Counts(source.count)

    def page_of(self, submission: str) -> str | None:
        """Return the page of a submission, relative to the output; None where there are no pages."""
        return self._names.path(submission) if self.plan.feedback else None

    def run(
        self,
        add: Callable[[Brief, bytes], None],
        finish: Callable[[], list[str]],
        *,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> list[str]:
        """Grade what is not graded yet; `add` gets brief and line of each submission, in order, also of the others.

        In the end return what `finish` says, called while no other run can write in the folder. `meanwhile` is called
        when the workers have something to do, and nothing is there yet.
        Raises `CommandEnd` where the output cannot be written. Ended at any moment, it goes on from there next time.
        """
        if self.plan.feedback:
            _make_folder(os.path.join(self.plan.out, FEEDBACK))
        counts = self.counts
        kept: dict[str, Known] = {}  # of the submissions on the way
        # the workers first: where no cluster answers, nothing of an earlier run is forgotten
        with ExitStack() as graders:
            workers = graders.enter_context(self._workers())
            with Results(self.plan.out, fresh=self.plan.fresh) as results:
                with display_for(counts.total) as display:
                    chunks = in_order(workers, self._chunks(results, kept, workers.jobs), self._settings)
                    for number, chunk in enumerate(chunks):
                        if not number:
                            meanwhile()
                        for task, done in chunk:
                            line = self._keep(results, task, done, kept.pop(task.submission.id, None))
                            add(brief_of(json.loads(line)) if done.brief is None else done.brief, line)
                            counts.add(done.score, fault=done.fault, unchanged=done.line is None)
                            display.show(counts)
                        results.flush()
                graders.close()  # what is made of the results takes memory: that of the workers is free now
                for gone in results.finish(keep_rest=self.source.is_partial):
                    for names in (self._names, self._former_names):
                        self._forget_page(names.path(gone))
                    counts.gone += 1
                return finish()

    def _keep(self, results: Results, task: Task, done: Done, earlier: Known | None) -> bytes:
        """Write what became of one submission, and return its line."""
        if done.page is not None:
            write_page(self.plan.out, self._names.path(task.submission.id), done.page)
        if done.line is not None:
            if self._pages_age:
                self._forget_page(self._former_names.path(task.submission.id))
                if not self.plan.feedback:
                    self._forget_page(self._names.path(task.submission.id))
            results.add(done.line)
            return done.line
        assert earlier is not None  # only what was known can be unchanged
        return results.keep(earlier)

    def _workers(self) -> Workers:
        if self.plan.scheduler is None:
            return Processes(self._settings, self.plan.jobs)
        from grader.batch.workers.cluster import Cluster

        return Cluster(self._settings, self.plan.scheduler, self.plan.submissions)

    def _chunks(self, results: Results, kept: dict[str, Known], jobs: int) -> Iterator[list[Task]]:
        """Yield the submissions in chunks, each with what is known of it."""
        size = MAX_CHUNK if self.plan.scheduler is None else MAX_CLUSTER_CHUNK
        if self.source.count is not None:
            size = min(max(self.source.count // (jobs * CHUNKS_A_JOB), 1), size)
        chunk: list[Task] = []
        travelling = 0
        for submission in self.source.submissions():
            known = self._known(submission, results)
            if known is not None:
                kept[submission.id] = known
            chunk.append(Task(submission, known and known.files))
            travelling += _bytes_of(submission)
            if len(chunk) >= size or travelling >= MAX_CHUNK_BYTES:
                yield chunk
                chunk, travelling = [], 0
        if chunk:
            yield chunk

    def _known(self, submission: Submission, results: Results) -> Known | None:
        """Return an earlier line of a submission that may still hold: all but its files is as it was then."""
        known = results.known(submission.id)
        if known is None or known.basis != basis(submission, self.edition) or not known.files:
            return None
        page = self.page_of(submission.id)
        if page is not None and not os.path.exists(os.path.join(self.plan.out, page)):
            return None
        return known

    def _forget_page(self, page: str) -> None:
        path = os.path.join(self.plan.out, page)
        if os.path.exists(path):
            os.remove(path)


def _bytes_of(submission: Submission) -> int:
    content = submission.content
    if isinstance(content, InMemory):
        return sum(len(name) + (0 if data is TOO_LARGE else len(data)) for name, data in content.files.items())
    if isinstance(content, Packed):
        return len(content.data or b"")
    return 0


def _make_folder(path: str) -> None:
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise CommandFailed(f"{path} cannot be made: {error.strerror}. Choose another folder with --out.") from error
