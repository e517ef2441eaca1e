title = "How right a card is"


def test_what_the_checks_found_is_told_of_each_client(spec):
    # Birch has a phone and an e-mail checked 40 days ago; Cedar one dead number; Dill refused: nobody mends his card.
    cards = """
        client | data_quality | valid_phones | valid_emails | bad_contacts | inn_check | missing_fields | days_since_verified | is_unreachable | has_refused
        birch  | 100          | 1            | 1            | 0            | valid     | 0              | 40                  | False          | False
        cedar  | 20           | 0            | 0            | 1            | wrong     | 2              |                     | True           | False
        dill   |              | 1            | 0            | 0            | missing   | 0              |                     | False          | True
    """
    expected = """
        client | data_quality | valid_phones | valid_emails | bad_contacts | inn_check | missing_fields | days_since_verified | is_unreachable | has_refused
        birch  | 100          | 1            | 1            | 0            | valid     | 0              | 40                  | no             | no
        cedar  | 20           | 0            | 0            | 1            | wrong     | 2              | null                | yes            | no
        dill   | null         | 1            | 0            | 0            | missing   | 0              | null                | no             | yes
        maple  | null         | null         | null         | null         | null      | null           | null                | null           | null
    """
    spec("", as_of="2026-03-31", expected=expected, cards=cards)
