-- The same columns written by hand for DuckDB, as of 2026-03-31, with the norms of definitions/norms.yaml put in.
-- What a good analyst would send: each fact table grouped once, windows as FILTER.
CREATE OR REPLACE TABLE hand_documents AS
SELECT client_id, min(sold_on) AS sold_on, sum(revenue)::DECIMAL(18, 4) AS revenue
FROM sales WHERE sold_on <= DATE '2026-03-31'
GROUP BY client_id, CASE WHEN doc_id IS NULL THEN '' ELSE source END, doc_id, CASE WHEN doc_id IS NULL THEN sold_on END;

CREATE OR REPLACE TABLE hand_days AS
SELECT client_id, sold_on FROM hand_documents WHERE revenue > 0 GROUP BY ALL;

CREATE OR REPLACE TABLE hand_rows AS
WITH lines AS (
  SELECT client_id,
    coalesce(sum(revenue) FILTER (sold_on > DATE '2026-02-28'), 0) AS revenue_1m,
    coalesce(sum(revenue) FILTER (sold_on > DATE '2025-12-31'), 0) AS revenue_3m,
    coalesce(sum(revenue) FILTER (sold_on > DATE '2025-03-31'), 0) AS revenue_12m,
    coalesce(sum(revenue) FILTER (sold_on > DATE '2024-03-31' AND sold_on <= DATE '2025-03-31'), 0) AS revenue_prev_12m,
    sum(revenue) AS revenue_all,
    count(*) FILTER (sold_on > DATE '2026-02-28') AS lines_1m,
    count(*) FILTER (sold_on > DATE '2025-12-31') AS lines_3m,
    count(*) FILTER (sold_on > DATE '2025-03-31') AS lines_12m,
    count(*) FILTER (sold_on > DATE '2024-03-31' AND sold_on <= DATE '2025-03-31') AS lines_prev_12m,
    sum(cost) FILTER (sold_on > DATE '2026-02-28') AS known_cost_1m,
    sum(cost) FILTER (sold_on > DATE '2025-12-31') AS known_cost_3m,
    sum(cost) FILTER (sold_on > DATE '2025-03-31') AS known_cost_12m,
    sum(cost) FILTER (sold_on > DATE '2024-03-31' AND sold_on <= DATE '2025-03-31') AS known_cost_prev_12m,
    sum(cost) AS cost_all,
    sum(revenue - cost) FILTER (sold_on > DATE '2026-02-28') AS known_margin_1m,
    sum(revenue - cost) FILTER (sold_on > DATE '2025-12-31') AS known_margin_3m,
    sum(revenue - cost) FILTER (sold_on > DATE '2025-03-31') AS known_margin_12m,
    sum(revenue - cost) FILTER (sold_on > DATE '2024-03-31' AND sold_on <= DATE '2025-03-31') AS known_margin_prev_12m,
    sum(revenue - cost) AS margin_all,
    sum(revenue) FILTER (sold_on > DATE '2025-03-31' AND cost IS NOT NULL) AS known_revenue_12m,
    sum(revenue) FILTER (sold_on > DATE '2024-03-31' AND sold_on <= DATE '2025-03-31' AND cost IS NOT NULL) AS known_revenue_prev_12m,
    coalesce(sum(abs(revenue)) FILTER (sold_on > DATE '2025-03-31' AND cost IS NOT NULL), 0) / sum(abs(revenue)) FILTER (sold_on > DATE '2025-03-31') AS margin_known_share_12m,
    sum(discount) FILTER (sold_on > DATE '2025-03-31') AS discount_12m,
    sum(revenue + discount) FILTER (sold_on > DATE '2025-03-31') AS before_discount_12m,
    coalesce(-sum(revenue) FILTER (revenue < 0 AND sold_on > DATE '2025-03-31'), 0) / sum(revenue) FILTER (revenue > 0 AND sold_on > DATE '2025-03-31') AS return_share_12m
  FROM sales WHERE sold_on <= DATE '2026-03-31' GROUP BY client_id
), documents AS (
  SELECT client_id,
    count(*) FILTER (sold_on > DATE '2025-03-31') AS sales_documents_12m,
    count(*) FILTER (revenue > 0 AND sold_on > DATE '2026-02-28') AS orders_1m,
    count(*) FILTER (revenue > 0 AND sold_on > DATE '2025-12-31') AS orders_3m,
    count(*) FILTER (revenue > 0 AND sold_on > DATE '2025-03-31') AS orders_12m,
    count(*) FILTER (revenue > 0 AND sold_on > DATE '2024-03-31' AND sold_on <= DATE '2025-03-31') AS orders_prev_12m,
    count(*) FILTER (revenue > 0) AS orders_all,
    (sum(revenue) FILTER (revenue > 0 AND sold_on > DATE '2025-03-31') / count(*) FILTER (revenue > 0 AND sold_on > DATE '2025-03-31'))::DECIMAL(18, 4) AS average_order_12m
  FROM hand_documents GROUP BY client_id
), days AS (
  SELECT client_id, min(sold_on) AS first_purchase_on, max(sold_on) AS last_purchase_on,
    count(*) AS purchase_days_all, count(*) FILTER (sold_on > DATE '2025-03-31') AS purchase_days_12m
  FROM hand_days GROUP BY client_id
), gaps AS (
  SELECT client_id, median(gap) AS typical_gap_days, arg_max(gap, sold_on) AS last_gap_days,
    max(gap) FILTER (sold_on > DATE '2025-03-31') AS longest_gap_days_12m,
    CASE WHEN count(*) >= 3 THEN sqrt((count(*) * sum(gap * gap) - sum(gap) * sum(gap))::DOUBLE) / sum(gap) END AS gap_cv
  FROM (SELECT client_id, sold_on, sold_on - lag(sold_on) OVER (PARTITION BY client_id ORDER BY sold_on) AS gap FROM hand_days)
  WHERE gap IS NOT NULL GROUP BY client_id
), months AS (
  SELECT client_id, count(*) FILTER (orders > 0) AS active_months_12m,
    CASE WHEN sum(revenue) > 0 THEN sqrt((12 * sum(revenue::DECIMAL(19, 4) * revenue::DECIMAL(19, 4)) - sum(revenue)::DECIMAL(19, 4) * sum(revenue)::DECIMAL(19, 4))::DOUBLE) / sum(revenue) END AS revenue_12m_cv_of_months,
    CASE WHEN sum(revenue) > 0 THEN 6 * sum((11 - 2 * months_ago) * revenue) / (143 * sum(revenue)) END AS revenue_trend_12m
  FROM (
    SELECT client_id, (2026 - year(sold_on)) * 12 + 3 - month(sold_on) AS months_ago,
      sum(revenue)::DECIMAL(18, 4) AS revenue, count(*) FILTER (revenue > 0) AS orders
    FROM hand_documents WHERE sold_on > DATE '2025-03-31' GROUP BY ALL
  ) GROUP BY client_id
), products AS (
  SELECT client_id, count(*) AS products_12m, count(DISTINCT product_group) AS product_groups_12m
  FROM (SELECT DISTINCT client_id, source, product FROM sales
        WHERE revenue > 0 AND product IS NOT NULL AND sold_on > DATE '2025-03-31' AND sold_on <= DATE '2026-03-31') AS bought
  LEFT JOIN (SELECT source, product, max(product_group) AS product_group FROM products GROUP BY ALL) USING (source, product)
  GROUP BY client_id
), touched AS (
  SELECT client_id, max(touched_on) AS last_touch_on,
    count(*) FILTER (touched_on > DATE '2025-03-31') AS touches_12m,
    count(*) FILTER (kind = 'document' AND touched_on > DATE '2025-03-31') AS document_touches_12m,
    sum(minutes) FILTER (touched_on > DATE '2025-03-31') AS measured,
    sum(coalesce(minutes, norm)) FILTER (touched_on > DATE '2025-03-31') AS touch_minutes,
    sum(coalesce(minutes, norm) * hourly) FILTER (touched_on > DATE '2025-03-31') / 60 AS touch_cost
  FROM (
    SELECT *, (CASE kind WHEN 'call' THEN if(department = 'support', 12, 8) WHEN 'letter' THEN 6 WHEN 'meeting' THEN 60 WHEN 'message' THEN 3
        WHEN 'visit' THEN 120 WHEN 'ticket' THEN 20 WHEN 'document' THEN if(department = 'accounting', 10, 15) END)::DECIMAL(18, 4) AS norm,
      (CASE coalesce(department, 'sales') WHEN 'sales' THEN 1000 WHEN 'support' THEN 800 WHEN 'accounting' THEN 800 WHEN 'warehouse' THEN 600
        WHEN 'logistics' THEN 700 ELSE 900 END)::DECIMAL(18, 4) AS hourly
    FROM touches WHERE touched_on <= DATE '2026-03-31'
  ) GROUP BY client_id
), paid AS (
  SELECT client_id, sum(late * amount) FILTER (due_on > DATE '2025-03-31') / sum(amount) FILTER (due_on > DATE '2025-03-31') AS overdue_days_12m,
    count(*) FILTER (late > 0 AND due_on > DATE '2025-03-31') AS late_payments_12m,
    count(*) FILTER (due_on > DATE '2025-03-31') AS due_12m,
    coalesce(sum(amount) FILTER (late > 0 AND (paid_on IS NULL OR paid_on > DATE '2026-03-31')), 0) AS overdue_amount
  FROM (SELECT *, greatest(0, least(coalesce(paid_on, DATE '2026-03-31'), DATE '2026-03-31') - due_on) AS late
        FROM payments WHERE due_on <= DATE '2026-03-31' AND amount > 0) GROUP BY client_id
), ids AS (
  SELECT client_id FROM metric_clients UNION SELECT client_id FROM lines UNION SELECT client_id FROM touched UNION SELECT client_id FROM paid
), joined AS (
  SELECT ids.client_id,
    first_purchase_on, last_purchase_on, DATE '2026-03-31' - last_purchase_on AS days_since_last_purchase, DATE '2026-03-31' - first_purchase_on AS tenure_days,
    coalesce(orders_1m, 0) AS orders_1m, coalesce(orders_3m, 0) AS orders_3m, coalesce(orders_12m, 0) AS orders_12m,
    coalesce(orders_prev_12m, 0) AS orders_prev_12m, coalesce(orders_all, 0) AS orders_all, coalesce(orders_1m, 0) > 0 AS is_active_1m,
    coalesce(sales_documents_12m, 0) AS sales_documents_12m, coalesce(purchase_days_12m, 0) AS purchase_days_12m,
    coalesce(purchase_days_all, 0) AS purchase_days_all, coalesce(active_months_12m, 0) AS active_months_12m, average_order_12m,
    coalesce(revenue_1m, 0)::DECIMAL(18, 4) AS revenue_1m, coalesce(revenue_3m, 0)::DECIMAL(18, 4) AS revenue_3m,
    coalesce(revenue_12m, 0)::DECIMAL(18, 4) AS revenue_12m, coalesce(revenue_prev_12m, 0)::DECIMAL(18, 4) AS revenue_prev_12m,
    coalesce(revenue_all, 0)::DECIMAL(18, 4) AS revenue_all,
    if(coalesce(lines_1m, 0) = 0, 0, known_cost_1m)::DECIMAL(18, 4) AS cost_1m, if(coalesce(lines_3m, 0) = 0, 0, known_cost_3m)::DECIMAL(18, 4) AS cost_3m,
    if(coalesce(lines_12m, 0) = 0, 0, known_cost_12m)::DECIMAL(18, 4) AS cost_12m,
    if(coalesce(lines_prev_12m, 0) = 0, 0, known_cost_prev_12m)::DECIMAL(18, 4) AS cost_prev_12m, if(revenue_all IS NULL, 0, cost_all)::DECIMAL(18, 4) AS cost_all,
    if(coalesce(lines_1m, 0) = 0, 0, known_margin_1m)::DECIMAL(18, 4) AS margin_1m, if(coalesce(lines_3m, 0) = 0, 0, known_margin_3m)::DECIMAL(18, 4) AS margin_3m,
    if(coalesce(lines_12m, 0) = 0, 0, known_margin_12m)::DECIMAL(18, 4) AS margin_12m,
    if(coalesce(lines_prev_12m, 0) = 0, 0, known_margin_prev_12m)::DECIMAL(18, 4) AS margin_prev_12m, if(revenue_all IS NULL, 0, margin_all)::DECIMAL(18, 4) AS margin_all,
    if(coalesce(lines_12m, 0) = 0, 0, known_revenue_12m)::DECIMAL(18, 4) AS revenue_with_cost_12m,
    if(coalesce(lines_prev_12m, 0) = 0, 0, known_revenue_prev_12m)::DECIMAL(18, 4) AS revenue_with_cost_prev_12m,
    margin_known_share_12m, CASE WHEN before_discount_12m > 0 THEN discount_12m / before_discount_12m END AS discount_pct_12m, return_share_12m,
    typical_gap_days, gap_cv, last_gap_days, longest_gap_days_12m, revenue_12m_cv_of_months, revenue_trend_12m,
    coalesce(products_12m, 0) AS products_12m, coalesce(product_groups_12m, 0) AS product_groups_12m,
    coalesce(touches_12m, 0) AS touches_12m, last_touch_on, DATE '2026-03-31' - last_touch_on AS days_since_last_touch,
    coalesce(touch_minutes, 0)::DOUBLE AS touch_minutes_12m, if(coalesce(touches_12m, 0) = 0, 0, measured)::DOUBLE AS measured_minutes_12m,
    coalesce(touch_cost, 0)::DECIMAL(18, 4) AS touch_cost_12m, coalesce(document_touches_12m, 0) AS document_touches_12m,
    overdue_days_12m, coalesce(late_payments_12m, 0) AS late_payments_12m, late_payments_12m / nullif(due_12m, 0) AS late_payments_12m_share,
    coalesce(overdue_amount, 0)::DECIMAL(18, 4) AS overdue_amount
  FROM ids LEFT JOIN lines USING (client_id) LEFT JOIN documents USING (client_id) LEFT JOIN days USING (client_id) LEFT JOIN gaps USING (client_id)
    LEFT JOIN months USING (client_id) LEFT JOIN products USING (client_id) LEFT JOIN touched USING (client_id) LEFT JOIN paid USING (client_id)
), figures AS (
  SELECT *,
    CASE WHEN revenue_with_cost_12m > 0 THEN margin_12m / revenue_with_cost_12m END AS margin_pct_12m,
    CASE WHEN revenue_with_cost_prev_12m > 0 THEN margin_prev_12m / revenue_with_cost_prev_12m END AS margin_pct_prev_12m,
    CASE WHEN cost_12m > 0 THEN margin_12m / cost_12m END AS return_on_cost_12m,
    revenue_12m - revenue_prev_12m AS revenue_12m_change,
    CASE WHEN revenue_prev_12m > 0 THEN (revenue_12m - revenue_prev_12m) / revenue_prev_12m END AS revenue_12m_growth,
    margin_12m - margin_prev_12m AS margin_12m_change,
    days_since_last_purchase / nullif(typical_gap_days, 0) AS silence_ratio,
    CASE WHEN active_months_12m >= 4 THEN revenue_12m_cv_of_months END AS revenue_cv_12m,
    sales_documents_12m + document_touches_12m AS documents_12m,
    touch_minutes_12m + sales_documents_12m * 33 AS minutes_12m,
    (touch_cost_12m + sales_documents_12m * 423.3333)::DECIMAL(18, 4) AS cost_to_serve_12m,
    CASE WHEN orders_12m > 0 THEN margin_12m END AS rfm_value
  FROM joined
)
SELECT * FROM figures;

-- The base as a whole is one row, and each order is a narrow table: a window must not carry eighty columns along.
CREATE OR REPLACE TABLE hand_metrics AS
WITH totals AS (
  SELECT sum(revenue_12m) AS base_revenue, sum(margin_12m) AS base_margin, sum(touches_12m) AS base_touches,
    sum(minutes_12m::DECIMAL(18, 2)) AS base_minutes, count(*) FILTER (orders_12m > 0) AS buyers,
    count(rfm_value) AS valued
  FROM hand_rows
), by_revenue AS (
  SELECT client_id, row_number() OVER ordered AS revenue_place, sum(revenue_12m) OVER (ordered ROWS UNBOUNDED PRECEDING) AS revenue_running
  FROM hand_rows WHERE sales_documents_12m > 0
  WINDOW ordered AS (ORDER BY revenue_12m DESC, client_id)
), by_margin AS (
  SELECT client_id, row_number() OVER ordered AS margin_place, sum(margin_12m) OVER (ordered ROWS UNBOUNDED PRECEDING) AS margin_running
  FROM hand_rows WHERE sales_documents_12m > 0 AND margin_12m IS NOT NULL
  WINDOW ordered AS (ORDER BY margin_12m DESC, client_id)
), scores AS (
  SELECT client_id,
    rank() OVER (ORDER BY days_since_last_purchase DESC) AS recency_place,
    rank() OVER (ORDER BY orders_12m) AS frequency_place,
    CASE WHEN rfm_value IS NOT NULL THEN rank() OVER (ORDER BY rfm_value NULLS LAST) END AS value_place
  FROM hand_rows WHERE orders_12m > 0
)
SELECT hand_rows.*,
  CASE WHEN base_revenue > 0 THEN revenue_12m / base_revenue END AS revenue_12m_share,
  revenue_place AS revenue_12m_rank,
  CASE WHEN base_revenue > 0 THEN revenue_running / base_revenue END AS revenue_12m_cum_share,
  CASE WHEN base_revenue > 0 THEN (revenue_running - revenue_12m) / base_revenue END AS revenue_12m_share_ahead,
  CASE WHEN base_margin > 0 THEN margin_12m / base_margin END AS margin_12m_share,
  margin_place AS margin_12m_rank,
  CASE WHEN base_margin > 0 THEN margin_running / base_margin END AS margin_12m_cum_share,
  CASE WHEN base_margin > 0 THEN (margin_running - margin_12m) / base_margin END AS margin_12m_share_ahead,
  coalesce(measured_minutes_12m, 0) / nullif(minutes_12m, 0) AS attention_measured_share_12m,
  CASE WHEN base_touches > 0 THEN minutes_12m / base_minutes END AS attention_12m_share,
  CASE WHEN margin_12m_share > 0 THEN attention_12m_share / margin_12m_share END AS attention_12m_to_margin,
  margin_12m - cost_to_serve_12m AS margin_after_service_12m,
  1 + 5 * (recency_place - 1) // buyers AS rfm_recency,
  1 + 5 * (frequency_place - 1) // buyers AS rfm_frequency,
  1 + 5 * (value_place - 1) // valued AS rfm_monetary
FROM hand_rows CROSS JOIN totals LEFT JOIN by_revenue USING (client_id) LEFT JOIN by_margin USING (client_id) LEFT JOIN scores USING (client_id);
