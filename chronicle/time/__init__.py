"""The calendar and imprecise time: periods, named days, EDTF, When, TIMEX3. It knows no text and no language; open when.py first."""
