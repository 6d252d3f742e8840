//! What the account has: boards with their sections, Pins, uploaded media, ad accounts with what they
//! advertise.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::shelf::Shelf;

/// How many boards there are at the start.
const BOARDS: u64 = 60;
/// How many Pins the first board has at the start.
const PINS: u64 = 30;
/// Ids are this and an entry's place in the order of creation.
const BOARD_IDS: u64 = 5_497_558_600_000;
const SECTION_IDS: u64 = 5_497_558_700_000;
const PIN_IDS: u64 = 813_744_226_420_000_000;
const AD_ACCOUNT_IDS: u64 = 549_760_000_000;
const CAMPAIGN_IDS: u64 = 626_735_565_838;
const AD_GROUP_IDS: u64 = 2_680_060_704_746;
const AD_IDS: u64 = 687_195_134_316;
const MEDIA_IDS: u64 = 5_212_123_920_000_000;

/// How many entries of a kind are kept.
const LIMIT: usize = 20_000;

/// Entries in the order of their creation, which a page's bookmark counts; past [`LIMIT`] the oldest make room.
pub(crate) struct Shelves<T> {
    entries: BTreeMap<u64, T>,
    next: u64,
    first_id: u64,
}

impl<T> Shelves<T> {
    fn starting_at(first_id: u64) -> Self {
        Self {
            entries: BTreeMap::new(),
            next: 0,
            first_id,
        }
    }

    /// Adds one; gives its id.
    pub(crate) fn add(&mut self, entry: T) -> String {
        self.entries.insert(self.next, entry);
        self.next += 1;
        if self.entries.len() > LIMIT {
            self.entries.pop_first();
        }
        self.id(self.next - 1)
    }

    /// The id of the entry at a place.
    pub(crate) fn id(&self, place: u64) -> String {
        (self.first_id + place).to_string()
    }

    fn place(&self, id: &str) -> Option<u64> {
        id.parse::<u64>().ok()?.checked_sub(self.first_id)
    }

    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        self.entries.get(&self.place(id)?)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.entries.get_mut(&self.place(id)?)
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<T> {
        self.entries.remove(&self.place(id)?)
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        self.entries.retain(|_, entry| keep(entry));
    }

    /// Places and entries, from a place on.
    pub(crate) fn from(&self, place: u64) -> impl Iterator<Item = (u64, &T)> {
        self.entries.range(place..).map(|(place, entry)| (*place, entry))
    }

    /// How many have been there, those that are gone included.
    pub(crate) fn places(&self) -> u64 {
        self.next
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.entries.values()
    }
}

pub(crate) struct Board {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    /// `PUBLIC`, `PROTECTED` or `SECRET`.
    pub(crate) privacy: String,
    pub(crate) is_ads_only: bool,
    /// Seconds since 1970.
    pub(crate) created_at: i64,
}

impl Board {
    pub(crate) fn is_secret(&self) -> bool {
        self.privacy == "SECRET"
    }
}

pub(crate) struct Section {
    pub(crate) board_id: String,
    pub(crate) name: String,
}

/// A Pin; what can be changed is in `texts`.
pub(crate) struct Pin {
    pub(crate) board_id: String,
    pub(crate) board_section_id: Option<String>,
    /// `title`, `description`, `link`, `alt_text`, `dominant_color`, `parent_pin_id`: those that it has.
    pub(crate) texts: BTreeMap<&'static str, String>,
    /// `REGULAR`, `VIDEO` or `CAROUSEL`.
    pub(crate) creative_type: &'static str,
    /// Where its images are.
    pub(crate) images: Vec<String>,
    /// Seconds since 1970.
    pub(crate) created_at: i64,
}

/// Media that was registered, and perhaps uploaded.
pub(crate) struct Media {
    pub(crate) kind: String,
    /// What the upload must name.
    pub(crate) key: String,
    /// Seconds since 1970.
    pub(crate) uploaded_at: Option<i64>,
}

/// An ad account.
pub(crate) struct AdAccount {
    pub(crate) name: String,
    pub(crate) country: String,
    /// Not shared by somebody else.
    pub(crate) is_own: bool,
    /// Seconds since 1970.
    pub(crate) created_at: i64,
}

/// A campaign, an ad group or an ad.
pub(crate) struct Advertised {
    /// What it was made of and changed to.
    pub(crate) fields: Map<String, Value>,
    /// The ids of what it belongs to, as `campaign_id`.
    pub(crate) owners: Vec<(&'static str, String)>,
    /// Seconds since 1970.
    pub(crate) created_at: i64,
    /// Seconds since 1970.
    pub(crate) updated_at: i64,
}

impl Advertised {
    /// The id of what it belongs to by this name.
    pub(crate) fn owner(&self, name: &str) -> Option<&str> {
        let found = self.owners.iter().find(|(owner, _)| *owner == name);
        found.map(|(_, id)| id.as_str())
    }

    /// Whether it is on, paused, put away …
    pub(crate) fn status(&self) -> &str {
        self.fields
            .get("status")
            .and_then(Value::as_str)
            .unwrap_or("ACTIVE")
    }
}

/// A report that somebody asked for.
pub(crate) struct Report {
    pub(crate) ad_account_id: String,
    /// Seconds since 1970.
    pub(crate) asked_at: i64,
    /// The type of its file.
    pub(crate) content_type: &'static str,
    pub(crate) file: String,
}

pub(crate) struct Content {
    pub(crate) boards: Shelves<Board>,
    pub(crate) sections: Shelves<Section>,
    pub(crate) pins: Shelves<Pin>,
    pub(crate) media: Shelves<Media>,
    pub(crate) ad_accounts: Shelves<AdAccount>,
    pub(crate) campaigns: Shelves<Advertised>,
    pub(crate) ad_groups: Shelves<Advertised>,
    pub(crate) ads: Shelves<Advertised>,
    /// By the token that each is asked for with.
    pub(crate) reports: Shelf<Report>,
}

impl Content {
    /// What is there at the start, made at `now` in seconds since 1970.
    pub(crate) fn new(now: i64) -> Self {
        let mut content = Self {
            boards: Shelves::starting_at(BOARD_IDS),
            sections: Shelves::starting_at(SECTION_IDS),
            pins: Shelves::starting_at(PIN_IDS),
            media: Shelves::starting_at(MEDIA_IDS),
            ad_accounts: Shelves::starting_at(AD_ACCOUNT_IDS),
            campaigns: Shelves::starting_at(CAMPAIGN_IDS),
            ad_groups: Shelves::starting_at(AD_GROUP_IDS),
            ads: Shelves::starting_at(AD_IDS),
            reports: Shelf::default(),
        };
        for number in 1..=BOARDS {
            content.boards.add(Board {
                name: format!("Board {number}"),
                description: Some(String::new()),
                privacy: "PUBLIC".into(),
                is_ads_only: false,
                created_at: now,
            });
        }
        for number in 1..=PINS {
            content.pins.add(Pin {
                board_id: content.boards.id(0),
                board_section_id: None,
                texts: BTreeMap::from([("title", format!("Pin {number}"))]),
                creative_type: "REGULAR",
                images: vec![format!("https://images.invalid/{number}.jpg")],
                created_at: now,
            });
        }
        for (name, is_own) in [("Sandbox ads", true), ("A partner's ads", false)] {
            content.ad_accounts.add(AdAccount {
                name: name.to_owned(),
                country: "US".into(),
                is_own,
                created_at: now,
            });
        }
        content.advertise(now);
        content
    }

    /// One ad for the first Pin, in the account's own ad account.
    fn advertise(&mut self, now: i64) {
        let mut owners = vec![("ad_account_id", self.ad_accounts.id(0))];
        for (shelves, name, owner) in [
            (&mut self.campaigns, "Sandbox campaign", "campaign_id"),
            (&mut self.ad_groups, "Sandbox ad group", "ad_group_id"),
            (&mut self.ads, "Sandbox ad", "ad_id"),
        ] {
            if owner == "ad_id" {
                owners.push(("pin_id", self.pins.id(0)));
            }
            let id = shelves.add(Advertised {
                fields: Map::from_iter([("name".to_owned(), Value::from(name))]),
                owners: owners.clone(),
                created_at: now,
                updated_at: now,
            });
            owners.push((owner, id));
        }
    }
}
