//! Dates as texts: RFC 3339, section 5.6.

/// Whether a text is a day that there is, alone or with a time behind it.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = |(at, byte): (usize, &u8)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    if bytes.len() < 10 || !bytes.iter().take(10).enumerate().all(shape) {
        return false;
    }
    let number = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    (1..=days(year, month)).contains(&day) && matches!(bytes.get(10), None | Some(b'T' | b't' | b' '))
}

/// How many days a month has; none if there is no such month.
fn days(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(is_leap),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn a_date_is_a_day_that_there_is() {
        for date in [
            "2026-01-31",
            "2024-02-29",
            "2000-02-29",
            "2026-12-31T23:59:60Z",
            "2026-11-01 03:04:05",
        ] {
            assert!(is_date(date), "{date}");
        }
        for none in [
            "",
            "2026-1-31",
            "31.1.2026",
            "2026-02-29",
            "1900-02-29",
            "2026-00-10",
            "2026-13-01",
            "2026-99-99",
            "2026-04-31",
            "2026-04-00",
            "2026-01-31x",
            "2026-01-311",
            "+026-01-31",
            "2026-01-3\u{e9}",
        ] {
            assert!(!is_date(none), "{none}");
        }
    }
}
