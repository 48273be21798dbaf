//! One goods line as the registers see it: who made it, where it goes, under which brand, in which town it was made.
//!
//! The producer is the one the line registers, else the firm named as producing and selling unit, else the consignor
//! (ruling C7).

use crate::tables::Tables;
use crate::tables::elements::Element;
use jiff::civil::Date;
use model::case::Case;
use model::code::country::Country;
use model::declaration::GoodsItem;
use model::registers::Producer;

/// A goods line and the firm behind it.
#[derive(Clone, Copy, Debug)]
pub struct Goods<'c> {
    /// The line.
    pub item: &'c GoodsItem<'c>,
    /// Unified code of the firm that made it; empty when nothing says.
    pub maker: &'c str,
    /// Sites of that firm: the one the line registers, else all it has.
    pub sites: &'c [Producer],
    case: &'c Case<'c>,
}

/// The goods lines of a case.
pub fn goods<'c>(case: &'c Case<'c>) -> impl Iterator<Item = Goods<'c>> {
    case.items().iter().map(move |item| Goods::of(case, item))
}

impl<'c> Goods<'c> {
    /// A goods line of this case.
    pub fn of(case: &'c Case<'c>, item: &'c GoodsItem<'c>) -> Goods<'c> {
        let producers = &case.registers.producers;
        if let Some(site) = producers.registered(item.producer_registration.value) {
            let sites = std::slice::from_ref(site);
            return Goods { item, maker: &site.unified_code, sites, case };
        }
        let head = case.declaration.head;
        let owner = head.owner_unified_code;
        let maker = if owner.is_present() { owner.value } else { head.consignor_unified_code.value };
        Goods { item, maker, sites: producers.of_firm(maker), case }
    }

    /// Registers say the same of both.
    pub fn is_like(&self, other: &Goods<'_>) -> bool {
        let (one, two) = (self.item, other.item);
        one.producer_registration.value == two.producer_registration.value
            && one.commodity_code.value == two.commodity_code.value
            && one.destination_country.value == two.destination_country.value
            && one.brand.value == two.brand.value
            && one.specification.value == two.specification.value
    }

    /// Where it goes: the final destination of the line, else that of the shipment.
    pub fn destination(&self) -> Option<Country> {
        let codes = [self.item.destination_country, self.case.declaration.head.destination_country];
        codes.into_iter().find(|code| code.is_present()).and_then(|code| Country::from_code(code.value))
    }

    /// It goes to this country, or any will do.
    pub fn goes_to(&self, destination: Option<Country>) -> bool {
        destination.is_none() || destination == self.destination()
    }

    /// This registration number or unified code is its producer's, or any will do.
    pub fn is_made_by(&self, producer: &str) -> bool {
        producer.is_empty() || self.names().any(|name| name == producer)
    }

    /// All names a register may know its producer by: unified code, registration as filed, registrations of its sites.
    pub fn names(&self) -> impl Iterator<Item = &'c str> + use<'c> {
        let (maker, filed, sites) = (self.maker, self.item.producer_registration.value, self.sites);
        let is_of_a_site = sites.iter().any(|site| site.registration == filed);
        let filed = (filed != maker && !is_of_a_site).then_some(filed);
        let of_sites = sites.iter().map(|site| site.registration.as_str());
        std::iter::once(maker).chain(filed).chain(of_sites).filter(|name| !name.is_empty())
    }

    /// Its brand: in its own field, else among the declared elements; empty when neither says.
    pub fn brand(&self, tables: &Tables, day: Date) -> &'c str {
        let GoodsItem { brand, commodity_code, specification, .. } = self.item;
        if brand.is_present() {
            return brand.value;
        }
        let elements = tables.elements.on(commodity_code.value, day);
        elements.map_or("", |elements| elements.value(Element::Brand, specification.value))
    }

    /// The town of the site it was made at, where the registers know one site; empty when they do not.
    pub fn site_town(&self) -> &'c str {
        match self.sites {
            [first, others @ ..] if others.iter().all(|site| site.site_town == first.site_town) => {
                &first.site_town
            }
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixtures::notation::Notated;

    fn maker(notation: &str) -> (String, String) {
        let notated = Notated::parse(notation).expect("good notation");
        notated.with_case(|case| {
            let goods = goods(case).next().expect("the clean case has a line");
            (goods.maker.to_owned(), goods.site_town().to_owned())
        })
    }

    const REGISTERED: &str = "producer reg_no=4413600007 scc=91441323MAXK00072A class=2 site_town=吉隆镇\n";

    #[test]
    fn the_registered_producer_comes_before_the_owner_and_the_owner_before_the_consignor() {
        let named = format!("{REGISTERED}item producer_registration=4413600007");
        assert_eq!(maker(&named), ("91441323MAXK00072A".to_owned(), "吉隆镇".to_owned()));
        let unknown = format!("{REGISTERED}item producer_registration=4413600008");
        assert_eq!(maker(&unknown).0, "91441323555600018G");
        let owner = "declaration owner_unified_code=91441323MAYD00123L";
        assert_eq!(maker(owner).0, "91441323MAYD00123L");
        assert_eq!(maker("declaration owner_unified_code=").0, "91441323555600018G");
    }

    #[test]
    fn the_brand_is_the_field_or_the_declared_element() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let brand = |notation| {
            let notated = Notated::parse(notation).expect("good notation");
            notated.with_case(|case| {
                goods(case).next().map(|it| it.brand(&tables, case.accepted_on()).to_owned())
            })
        };
        assert_eq!(brand("").as_deref(), Some("JILONG"));
        assert_eq!(brand("item brand=HELAN").as_deref(), Some("HELAN"));
    }
}
