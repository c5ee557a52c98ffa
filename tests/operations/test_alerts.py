"""Alert rules and the dashboard: each names figures that exist, fires on what it is for, and has its paragraph."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.operations.machine import Machine
from tests.operations.units import ROOT, tool

RULES = ROOT / "deploy/prometheus/alerts.yml"
CASES = ROOT / "deploy/prometheus/alerts_test.yml"
DASHBOARD = json.loads((ROOT / "deploy/grafana/petition.json").read_text(encoding="utf-8"))
GUIDE = ROOT / "handbook/operators/guide.md"
ALERTS = {one["alert"]: one for group in yaml.safe_load(RULES.read_text())["groups"] for one in group["rules"]}
SEVERITIES = {"critical", "warning", "daily"}
OF_THE_SCRAPE = {"up"}
NAME = re.compile(r"\b(?:petition|process)_[a-z_]+\b|\bup\b")
TYPES = {"counter": ("",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count"), "untyped": ("",)}
EXPRESSIONS = {
    **{name: one["expr"] for name, one in ALERTS.items()},
    **{
        f"{panel['title']} {target['refId']}": target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]
    },
}  # fmt: skip


def named(expression: str) -> set[str]:
    """The figures that an expression reads; what stands in quotes is a label's value."""
    return set(NAME.findall(re.sub(r'"[^"]*"', '""', expression)))


def offered(text: str) -> set[str]:
    """The names of everything that a scrape offers, also of counters that have counted nothing yet."""
    found = re.findall(r"^# TYPE (\S+) (\w+)$", text, re.MULTILINE)
    return {name + end for name, kind in found for end in TYPES[kind]}


def promtool(*arguments: str | Path) -> str:
    done = subprocess.run([tool("promtool"), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", sorted(EXPRESSIONS))
def test_what_an_alert_or_a_panel_reads_is_offered_by_the_real_processes(name: str, machine: Machine) -> None:
    asked = named(EXPRESSIONS[name]) - OF_THE_SCRAPE
    assert asked or "up{" in EXPRESSIONS[name]
    assert asked <= offered(machine.figures)


def test_every_figure_of_ours_is_on_the_dashboard_or_in_an_alert(machine: Machine) -> None:
    """A figure that nobody looks at is work for nothing."""
    used = {name for expression in EXPRESSIONS.values() for name in named(expression)}
    ours = {
        re.sub(r"_(bucket|sum|count)$", "", name) for name in offered(machine.figures) if name.startswith("petition_")
    }
    process = {name for name in ours if name.startswith("petition_worker_process_")}
    assert ours - process - {re.sub(r"_(bucket|sum|count)$", "", name) for name in used} <= {
        "petition_counted_timestamp_seconds", "petition_worker_job_seconds",
    }  # fmt: skip


def test_the_rules_fit_prometheus() -> None:
    assert "SUCCESS" in promtool("check", "rules", RULES)
    promtool("check", "config", "--syntax-only", ROOT / "deploy/prometheus/prometheus.yml")


def test_each_alert_fires_on_what_it_is_for_and_a_quiet_office_raises_none() -> None:
    assert "SUCCESS" in promtool("test", "rules", CASES)
    cases = yaml.safe_load(CASES.read_text())["tests"]
    fired = {case["alertname"] for one in cases for case in one["alert_rule_test"] if case["exp_alerts"]}
    quiet = {case["alertname"] for one in cases for case in one["alert_rule_test"] if not case["exp_alerts"]}
    assert fired == quiet == set(ALERTS)


@pytest.mark.parametrize("name", sorted(ALERTS))
def test_an_alert_says_how_urgent_it_is_and_where_its_paragraph_stands(name: str) -> None:
    one = ALERTS[name]
    assert one["labels"]["severity"] in SEVERITIES and one["annotations"]["summary"]
    page, _, anchor = one["annotations"]["runbook"].partition("#")
    assert ROOT / page == GUIDE and anchor == name.lower()
    heading = f"\n### {name}\n"
    text = GUIDE.read_text(encoding="utf-8")
    assert text.count(heading) == 1
    paragraph = text.partition(heading)[2].partition("\n#")[0]
    assert len(paragraph.split()) >= 15


def test_the_guide_explains_no_alert_that_is_gone() -> None:
    assert set(re.findall(r"^### (Petition\w+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)) == set(ALERTS)


def test_the_dashboard_is_complete_and_its_panels_do_not_cover_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
        assert not cells & taken and at["x"] + at["w"] <= 24
        taken |= cells
        assert panel["targets"] and panel["datasource"]["uid"] == "${source}"
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))
