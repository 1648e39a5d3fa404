//! Figures: values of ours and of peers, and their bounds.

use serde::Serialize;

use super::spread::Spread;

/// Our name beside peers.
pub(crate) const OURS: &str = "openint-sdk";

/// One measure of us and of the peers in the same run.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Figure {
    pub(crate) measure: String,
    pub(crate) unit: Unit,
    pub(crate) ours: Spread,
    pub(crate) peers: Vec<(String, Spread)>,
    pub(crate) bounds: Vec<Bound>,
    /// The name of ours where the peers are ours too, with smaller tasks.
    pub(crate) last_step: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    Microseconds,
    Milliseconds,
    Megabytes,
    CallsPerSecond,
    /// Instructions, system calls.
    Count,
    /// A number without a unit, such as one time over another.
    Ratio,
}

/// Bound of a figure: the peer, and the ratio that must be reached or is aimed at.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Bound {
    pub(crate) against: Against,
    pub(crate) direction: Direction,
    pub(crate) must: Option<f64>,
    pub(crate) aim: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Against {
    /// Ours over this peer's.
    Peer(String),
    /// Ours over the best of the peers'.
    Best,
    /// Ours less this peer's.
    Over(String),
    /// Ours as it is.
    Itself,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Direction {
    AtMost,
    AtLeast,
}

impl Figure {
    pub(crate) fn new(
        measure: impl Into<String>,
        unit: Unit,
        ours: Spread,
        peers: Vec<(String, Spread)>,
    ) -> Self {
        Self {
            measure: measure.into(),
            unit,
            ours,
            peers,
            bounds: Vec::new(),
            last_step: None,
        }
    }

    /// Makes a figure of growth, from the smallest task to the largest; none without a step.
    pub(crate) fn growth(
        measure: impl Into<String>,
        unit: Unit,
        mut steps: Vec<(String, Spread)>,
    ) -> Option<Self> {
        let (name, last) = steps.pop()?;
        let figure = Self::new(measure, unit, last, steps);
        Some(Self {
            last_step: Some(name),
            ..figure
        })
    }

    /// Everybody in it: ours and then the peers, or the steps in their order.
    pub(crate) fn entries(&self) -> Vec<(&str, Spread)> {
        let peers = self.peers.iter();
        let mut entries: Vec<_> = peers
            .map(|(name, spread)| (name.as_str(), *spread))
            .collect();
        match &self.last_step {
            Some(name) => entries.push((name, self.ours)),
            None => entries.insert(0, (OURS, self.ours)),
        }
        entries
    }

    /// Ours is to be at most so many times a peer's.
    pub(crate) fn at_most(self, peer: &str, must: Option<f64>, aim: Option<f64>) -> Self {
        self.bound(Against::Peer(peer.to_owned()), Direction::AtMost, must, aim)
    }

    /// Ours is to be at least so many times a peer's.
    pub(crate) fn at_least(self, peer: &str, must: Option<f64>, aim: Option<f64>) -> Self {
        self.bound(
            Against::Peer(peer.to_owned()),
            Direction::AtLeast,
            must,
            aim,
        )
    }

    pub(crate) fn bound(
        mut self,
        against: Against,
        direction: Direction,
        must: Option<f64>,
        aim: Option<f64>,
    ) -> Self {
        self.bounds.push(Bound {
            against,
            direction,
            must,
            aim,
        });
        self
    }

    /// Returns the ratio that a bound looks at; nothing when the peer was not measured.
    pub(crate) fn compared(&self, against: &Against) -> Option<f64> {
        let peer = |name: &str| {
            let found = self.peers.iter().find(|(peer, _)| peer == name);
            found.map(|(_, spread)| spread.median)
        };
        let ours = self.ours.median;
        match against {
            Against::Peer(name) => Some(ours / peer(name)?),
            Against::Over(name) => Some(ours - peer(name)?),
            Against::Itself => Some(ours),
            Against::Best => {
                let medians = self.peers.iter().map(|(_, spread)| spread.median);
                Some(ours / medians.min_by(f64::total_cmp)?)
            }
        }
    }

    /// Returns true if the bound is reached; nothing without a bound, or when the peer was not
    /// measured.
    pub(crate) fn is_reached(&self, bound: &Bound) -> Option<bool> {
        self.meets(bound, bound.must?)
    }

    /// Returns true if the aim is met.
    pub(crate) fn is_aim_met(&self, bound: &Bound) -> Option<bool> {
        self.meets(bound, bound.aim?)
    }

    fn meets(&self, bound: &Bound, limit: f64) -> Option<bool> {
        let value = self.compared(&bound.against)?;
        Some(match bound.direction {
            Direction::AtMost => value <= limit,
            Direction::AtLeast => value >= limit,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(ours: f64) -> Figure {
        let peers = [("a", 10.0), ("b", 20.0)]
            .map(|(name, median)| (name.to_owned(), Spread::exact(median)));
        Figure::new(
            "time",
            Unit::Microseconds,
            Spread::exact(ours),
            peers.to_vec(),
        )
    }

    #[test]
    fn a_bound_is_a_ratio_or_a_difference() {
        let figure = figure(5.0);
        let compared = |against| figure.compared(&against);
        assert_eq!(compared(Against::Peer("b".into())), Some(0.25));
        assert_eq!(compared(Against::Best), Some(0.5));
        assert_eq!(compared(Against::Over("a".into())), Some(-5.0));
        assert_eq!(compared(Against::Itself), Some(5.0));
        assert_eq!(compared(Against::Peer("c".into())), None);
    }

    #[test]
    fn steps_keep_their_order_and_the_last_is_ours() {
        let steps = ["1", "2", "3"].map(|name| (name.to_owned(), Spread::exact(4.0)));
        let figure = Figure::growth("time", Unit::Ratio, steps.to_vec()).unwrap();
        let names: Vec<&str> = figure.entries().iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["1", "2", "3"]);
        assert_eq!(figure.peers.len(), 2);
        assert_eq!(self::figure(1.0).entries()[0].0, OURS);
    }

    #[test]
    fn just_reached_is_reached_and_just_above_is_not() {
        let reached = |ours: f64| {
            let figure = figure(ours).at_most("a", Some(0.5), Some(0.4));
            figure.is_reached(&figure.bounds[0])
        };
        assert_eq!(reached(5.0), Some(true));
        assert_eq!(reached(5.01), Some(false));
        let figure = figure(15.0).at_least("a", Some(1.5), Some(2.0));
        assert_eq!(figure.is_reached(&figure.bounds[0]), Some(true));
        assert_eq!(figure.is_aim_met(&figure.bounds[0]), Some(false));
    }
}
