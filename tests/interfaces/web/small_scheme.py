"""A scheme of grades small enough to read beside its tests; the other definitions are the packaged ones."""

import shutil
from pathlib import Path

PACKAGED = Path(__file__).parents[3] / "definitions"

GRADE = """\
# Учебная схема: три категории.
scheme: grade
title: {ru: Категория ценности, en: Value grade}
about: {ru: Чего стоит клиент., en: What the client is worth.}
mode: confirm
minimum_stay_days: 90
dead_band: 0.1
base: orders_all > 0 or is_stopped
let:
  median_return_on_cost:
    title: {ru: медиана отдачи, en: the median return}
    unit: share
    is: median
    of: return_on_cost_12m
  known_cost_clients:
    title: {ru: клиентов с себестоимостью, en: clients with a cost}
    is: count
    of: margin_12m
categories:
  - code: A
    title: {ru: VIP, en: VIP}
    when: >-
      (margin_12m_share_ahead < 0.5 and return_on_cost_12m >= median_return_on_cost)
      or (known_cost_clients = 0 and revenue_12m > 0)
    source: {ru: Первая половина маржи., en: The first half of the margin.}
    play: &play
      service: {ru: Менеджер., en: A seller.}
      rhythm: {ru: Раз в месяц., en: Monthly.}
      ceiling: {ru: Раз в неделю., en: Weekly.}
      price: {ru: Прайс., en: List price.}
      greeting: true
  - code: B
    title: {ru: Верные, en: Loyal}
    when: >-
      active_months_12m >= 4 and lifecycle in ('new', 'active')
      and coalesce(overdue_days_12m, 0) < policy_overdue_days
    source: {ru: Покупают ровно., en: They buy evenly.}
    play: *play
  - code: C
    title: {ru: Перспективные, en: Promising}
    when: has_bad_review and orders_12m > 2
    source: {ru: Могут вырасти., en: They may grow.}
    play: *play
  - code: D
    title: {ru: Остальные, en: The rest}
    otherwise: true
    source: {ru: Все прочие., en: All others.}
    play: *play
tags:
  - code: late_payer
    title: {ru: платит с опозданием, en: pays late}
    when: overdue_days_12m >= policy_overdue_days
    source: {ru: Больше порога., en: Over the border.}
"""


def small_definitions(folder: Path) -> Path:
    """A home's definitions with the small scheme of grades."""
    shutil.copytree(PACKAGED, folder)
    (folder / "categories" / "grade.yaml").write_text(GRADE, encoding="utf-8")
    return folder
