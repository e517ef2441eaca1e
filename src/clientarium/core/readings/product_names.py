"""What a product is called: imports may name it differently, and junk stands among the names."""

NAMED_PRODUCTS_SQL = """(
  select source, product, name, product_group from (
    select *, row_number() over (partition by source, product order by is_named desc, imports desc, name, product_group)
      as place
    from (
      select source, product, name, max(product_group) as product_group, count(*) as imports,
        max(case when name is null then 0 else 1 end) as is_named
      from products group by source, product, name
    ) as met
  ) as placed where place = 1
)"""
"""source, product, name, product_group: the name most imports give, one row a product."""
