//! The elements of the messages that may stand where nothing is read: known by the element they stand in, so that one
//! that is no element at all is told to its author.

/// Elements that are not read where they stand, for one reason.
#[derive(Debug)]
pub struct Unread {
    /// The kind of element they stand in.
    pub within: &'static str,
    /// Their names, parted by blanks.
    pub names: &'static str,
    /// Why.
    pub why: &'static str,
}

const fn unread(within: &'static str, names: &'static str, why: &'static str) -> Unread {
    Unread { within, names, why }
}
const EXTENSIONS: &str = "extensions of single users: kept with the raw input";
const SIGNATURES: &str = "signatures: none is verified here";
const PERSONS: &str = "persons: personal data that no rule asks for";
const NUMBERS: &str = "numbers of other systems, and versions of the profile";
const MEASURES: &str = "measures that no rule compares at this place";
const VALUES: &str = "values, charges and terms that no rule asks for at this place";
const PARTIES: &str = "other parties and what else is said of a party";
const EVENTS: &str = "dates and events of the transport";
const PLACES: &str = "places and addresses: parties are known by code and name, places by code";
const MARKS: &str = "marks for those who carry and handle the goods";
const WORDS: &str = "words for people";
const CODES: &str = "codes of national or trade lists that are none of customs here";
const REFERENCES: &str = "references and numbers that no rule asks for at this place";
const PARTS: &str = "parts that no rule asks for at this place";

/// By the element they stand in.
pub static UNREAD: &[Unread] = &[
    unread("CertificateOfOrigin", "UBLExtensions", EXTENSIONS),
    unread("CertificateOfOrigin", "Signature", SIGNATURES),
    unread(
        "CertificateOfOrigin",
        "UBLVersionID CustomizationID ProfileID ProfileExecutionID ID UUID VersionID",
        NUMBERS,
    ),
    unread("CertificateOfOrigin", "ExporterParty ImporterParty EndorserParty", PARTIES),
    unread("CertificateOfOrigin", "IssueDate IssueTime", EVENTS),
    unread("CertificateOfOrigin", "Description Note", WORDS),
    unread(
        "CertificateOfOrigin",
        "CertificateOfOriginApplication IssuerEndorsement EmbassyEndorsement InsuranceEndorsement",
        PARTS,
    ),
    unread("ExportCustomsDeclaration", "UBLExtensions", EXTENSIONS),
    unread("ExportCustomsDeclaration", "Signature", SIGNATURES),
    unread(
        "ExportCustomsDeclaration",
        "UBLVersionID CustomizationID ProfileID ProfileExecutionID ID UUID VersionID",
        NUMBERS,
    ),
    unread("ExportCustomsDeclaration", "ExporterParty", PARTIES),
    unread("ExportCustomsDeclaration", "IssueDate IssueTime", EVENTS),
    unread("ExportCustomsDeclaration", "Note", WORDS),
    unread("ExportCustomsDeclaration", "ExportTypeCode ExportReasonCode", CODES),
    unread("ExportCustomsDeclaration", "CustomsDeclaration", PARTS),
    unread("GoodsCertificate", "UBLExtensions", EXTENSIONS),
    unread("GoodsCertificate", "Signature", SIGNATURES),
    unread(
        "GoodsCertificate",
        "UBLVersionID CustomizationID ProfileID ProfileExecutionID ID UUID VersionID",
        NUMBERS,
    ),
    unread(
        "GoodsCertificate",
        "ExporterParty ImporterParty WarehouseParty ConsignorParty ConsigneeParty \
         FreightForwarderParty IssuerParty LegalAuthorityParty ApplicantParty",
        PARTIES,
    ),
    unread("GoodsCertificate", "IssueDate IssueTime ValidityPeriod", EVENTS),
    unread("GoodsCertificate", "ApplicableTerritoryAddress", PLACES),
    unread("GoodsCertificate", "Description Note", WORDS),
    unread("GoodsCertificate", "TypeCode", CODES),
    unread(
        "GoodsCertificate",
        "OriginalDocumentReference PreviousDocumentReference AdditionalDocumentReference",
        REFERENCES,
    ),
    unread("GoodsCertificate", "Shipment Attestation GoodsProcessing", PARTS),
    unread("GoodsItemPassport", "UBLExtensions", EXTENSIONS),
    unread("GoodsItemPassport", "Signature", SIGNATURES),
    unread(
        "GoodsItemPassport",
        "UBLVersionID CustomizationID ProfileID ProfileExecutionID ID UUID VersionID",
        NUMBERS,
    ),
    unread(
        "GoodsItemPassport",
        "IssuerParty HolderParty RepresentativeParty ExportingGuarantorParty \
         ImportingGuarantorParty ExportingCustomsParty ImportingCustomsParty",
        PARTIES,
    ),
    unread("GoodsItemPassport", "IssueDate IssueTime ValidityPeriod", EVENTS),
    unread("GoodsItemPassport", "Status Note ExportReason", WORDS),
    unread("GoodsItemPassport", "StatusCode ExportReasonCode", CODES),
    unread("GoodsItemPassport", "AdditionalDocumentReference", REFERENCES),
    unread(
        "GoodsItemPassport",
        "Shipment GoodsItemPassportCounterfoil IssuerEndorsement DocumentDistribution",
        PARTS,
    ),
    unread("CustomsDeclaration", "UBLExtensions", EXTENSIONS),
    unread("CustomsDeclaration", "ID", NUMBERS),
    unread(
        "CustomsDeclaration",
        "IssuerParty ConsignorParty ConsigneeParty FreightForwarderParty CustomsParty",
        PARTIES,
    ),
    unread("CustomsDeclaration", "ValidityPeriod", EVENTS),
    unread("CustomsDeclaration", "ApplicableTerritoryAddress CustomsExitOfficeLocation", PLACES),
    unread("CustomsDeclaration", "FunctionCode", CODES),
    unread("CustomsDeclaration", "AdditionalDocumentReference", REFERENCES),
    unread("CustomsDeclaration", "Shipment PreviousCustomsDeclaration", PARTS),
    unread("CertificateOfOriginApplication", "UBLExtensions", EXTENSIONS),
    unread("CertificateOfOriginApplication", "Signature", SIGNATURES),
    unread("CertificateOfOriginApplication", "ReferenceID OriginalJobID PreviousJobID", NUMBERS),
    unread(
        "CertificateOfOriginApplication",
        "EndorserParty PreparationParty IssuerParty ExporterParty ImporterParty",
        PARTIES,
    ),
    unread("CertificateOfOriginApplication", "IssuingCountry", PLACES),
    unread("CertificateOfOriginApplication", "CertificateType Remarks", WORDS),
    unread("CertificateOfOriginApplication", "ApplicationStatusCode", CODES),
    unread("CertificateOfOriginApplication", "SupportingDocumentReference", REFERENCES),
    unread("CertificateOfOriginApplication", "Shipment DocumentDistribution", PARTS),
    unread("Endorsement", "UBLExtensions", EXTENSIONS),
    unread("Endorsement", "Signature", SIGNATURES),
    unread("Endorsement", "DocumentID", NUMBERS),
    unread("Endorsement", "EndorserParty", PARTIES),
    unread("Endorsement", "ApprovalStatus Remarks", WORDS),
    unread("EndorserParty", "UBLExtensions", EXTENSIONS),
    unread("EndorserParty", "SignatoryContact", PERSONS),
    unread("EndorserParty", "Party", PARTIES),
    unread("EndorserParty", "RoleCode", CODES),
    unread("EndorserParty", "SequenceNumeric", PARTS),
    unread("Party", "UBLExtensions", EXTENSIONS),
    unread("Party", "Contact Person", PERSONS),
    unread("Party", "LogoReferenceID EndpointID", NUMBERS),
    unread("Party", "PartyTaxScheme FinancialAccount", VALUES),
    unread(
        "Party",
        "Language AgentParty ServiceProviderParty PowerOfAttorney PartyAuthorization \
         AdditionalWebSite SocialMediaProfile",
        PARTIES,
    ),
    unread("Party", "PostalAddress PhysicalLocation", PLACES),
    unread("Party", "MarkCareIndicator MarkAttentionIndicator", MARKS),
    unread("Party", "WebsiteURI PartyName", WORDS),
    unread("Party", "IndustryClassificationCode", CODES),
    unread("Party", "PartyIdentification", REFERENCES),
    unread("Party", "PartyLegalEntity", PARTS),
    unread("PartyIdentification", "UBLExtensions", EXTENSIONS),
    unread("PartyIdentification", "ID", NUMBERS),
    unread("PartyName", "UBLExtensions", EXTENSIONS),
    unread("PartyName", "Name", WORDS),
    unread("PartyLegalEntity", "UBLExtensions", EXTENSIONS),
    unread("PartyLegalEntity", "CompanyID", NUMBERS),
    unread("PartyLegalEntity", "CorporateStockAmount", VALUES),
    unread("PartyLegalEntity", "HeadOfficeParty ShareholderParty", PARTIES),
    unread("PartyLegalEntity", "RegistrationDate RegistrationExpirationDate", EVENTS),
    unread("PartyLegalEntity", "RegistrationAddress", PLACES),
    unread("PartyLegalEntity", "SoleProprietorshipIndicator FullyPaidSharesIndicator", MARKS),
    unread("PartyLegalEntity", "RegistrationName CompanyLegalForm", WORDS),
    unread("PartyLegalEntity", "CompanyLegalFormCode CompanyLiquidationStatusCode", CODES),
    unread("PartyLegalEntity", "CorporateRegistrationScheme", PARTS),
    unread("Address", "UBLExtensions", EXTENSIONS),
    unread("Address", "ID", NUMBERS),
    unread(
        "Address",
        "Postbox Floor Room StreetName AdditionalStreetName BlockName BuildingName BuildingNumber \
         InhouseMail Department MarkAttention MarkCare PlotIdentification CitySubdivisionName \
         CityName PostalZone CountrySubentity CountrySubentityCode Region District TimezoneOffset \
         AddressLine Country LocationCoordinate",
        PLACES,
    ),
    unread("Address", "Description", WORDS),
    unread("Address", "AddressTypeCode AddressFormatCode", CODES),
    unread("Country", "UBLExtensions", EXTENSIONS),
    unread("Country", "Name", WORDS),
    unread("Country", "IdentificationCode", CODES),
    unread("Location", "UBLExtensions", EXTENSIONS),
    unread("Location", "ID", NUMBERS),
    unread("Location", "ValidityPeriod", EVENTS),
    unread(
        "Location",
        "CountrySubentity CountrySubentityCode Address Storage SubsidiaryLocation \
         LocationCoordinate",
        PLACES,
    ),
    unread("Location", "Description Conditions InformationURI Name", WORDS),
    unread("Location", "LocationTypeCode", CODES),
    unread("Shipment", "UBLExtensions", EXTENSIONS),
    unread("Shipment", "ID", NUMBERS),
    unread(
        "Shipment",
        "GrossWeightMeasure NetWeightMeasure NetNetWeightMeasure GrossVolumeMeasure \
         NetVolumeMeasure",
        MEASURES,
    ),
    unread(
        "Shipment",
        "InsuranceValueAmount DeclaredCustomsValueAmount DeclaredForCarriageValueAmount \
         DeclaredStatisticsValueAmount FreeOnBoardValueAmount FreightAllowanceCharge",
        VALUES,
    ),
    unread(
        "Shipment",
        "ReturnAddress OriginAddress FirstArrivalPortLocation LastExitPortLocation ExportCountry",
        PLACES,
    ),
    unread("Shipment", "SplitConsignmentIndicator", MARKS),
    unread("Shipment", "HandlingInstructions Information SpecialInstructions DeliveryInstructions", WORDS),
    unread("Shipment", "ShippingPriorityLevelCode HandlingCode", CODES),
    unread(
        "Shipment",
        "TotalGoodsItemQuantity TotalTransportHandlingUnitQuantity ConsignmentQuantity \
         Consignment GoodsItem ShipmentStage Delivery TransportHandlingUnit",
        PARTS,
    ),
    unread("Consignment", "UBLExtensions", EXTENSIONS),
    unread(
        "Consignment",
        "ID CarrierAssignedID ConsigneeAssignedID ConsignorAssignedID FreightForwarderAssignedID \
         BrokerAssignedID ContractedCarrierAssignedID PerformingCarrierAssignedID SequenceID \
         LoadingSequenceID",
        NUMBERS,
    ),
    unread(
        "Consignment",
        "GrossWeightMeasure NetWeightMeasure NetNetWeightMeasure ChargeableWeightMeasure \
         GrossVolumeMeasure NetVolumeMeasure LoadingLengthMeasure",
        MEASURES,
    ),
    unread(
        "Consignment",
        "TotalInvoiceAmount DeclaredCustomsValueAmount InsurancePremiumAmount \
         InsuranceValueAmount DeclaredForCarriageValueAmount DeclaredStatisticsValueAmount \
         FreeOnBoardValueAmount DeliveryTerms PaymentTerms CollectPaymentTerms \
         DisbursementPaymentTerms PrepaidPaymentTerms FreightAllowanceCharge ExtraAllowanceCharge",
        VALUES,
    ),
    unread(
        "Consignment",
        "ConsigneeParty ExporterParty ConsignorParty ImporterParty CarrierParty \
         FreightForwarderParty NotifyParty OriginalDespatchParty FinalDeliveryParty \
         PerformingCarrierParty SubstituteCarrierParty LogisticsOperatorParty \
         TransportAdvisorParty HazardousItemNotificationParty InsuranceParty MortgageHolderParty \
         BillOfLadingHolderParty",
        PARTIES,
    ),
    unread(
        "Consignment",
        "RequestedPickupTransportEvent RequestedDeliveryTransportEvent \
         PlannedPickupTransportEvent PlannedDeliveryTransportEvent ActualPickupTransportEvent \
         ActualDeliveryTransportEvent TransportEvent OriginalDespatchTransportationService \
         FinalDeliveryTransportationService EnvironmentalEmission",
        EVENTS,
    ),
    unread(
        "Consignment",
        "OriginalDepartureCountry FinalDestinationCountry TransitCountry FirstArrivalPortLocation \
         LastExitPortLocation OfficeOfEntryLocation OfficeOfSubSequentiallyEntryLocation \
         OfficeOfExitLocation OfficeOfDepartureLocation OfficeOfDestinationLocation \
         OfficeOfImportLocation OfficeOfExportLocation",
        PLACES,
    ),
    unread(
        "Consignment",
        "HazardousRiskIndicator AnimalFoodIndicator HumanFoodIndicator LivestockIndicator \
         BulkCargoIndicator ContainerizedIndicator GeneralCargoIndicator SpecialSecurityIndicator \
         ThirdPartyPayerIndicator SplitConsignmentIndicator ConsolidatableIndicator",
        MARKS,
    ),
    unread(
        "Consignment",
        "SummaryDescription TariffDescription Remarks CarrierServiceInstructions \
         CustomsClearanceServiceInstructions ForwarderServiceInstructions \
         SpecialServiceInstructions HandlingInstructions Information SpecialInstructions \
         DeliveryInstructions HaulageInstructions Status",
        WORDS,
    ),
    unread("Consignment", "TariffCode ShippingPriorityLevelCode HandlingCode", CODES),
    unread("Consignment", "TransportContract DocumentReference", REFERENCES),
    unread(
        "Consignment",
        "TotalGoodsItemQuantity TotalTransportHandlingUnitQuantity ConsignmentQuantity \
         ChildConsignmentQuantity TotalPackagesQuantity ConsolidatedShipment CustomsDeclaration \
         ChildConsignment MainCarriageShipmentStage PreCarriageShipmentStage \
         OnCarriageShipmentStage TransportHandlingUnit",
        PARTS,
    ),
    unread("ShipmentStage", "UBLExtensions", EXTENSIONS),
    unread(
        "ShipmentStage",
        "PassengerPerson DriverPerson ReportingPerson CrewMemberPerson SecurityOfficerPerson \
         MasterPerson ShipsSurgeonPerson",
        PERSONS,
    ),
    unread("ShipmentStage", "ID LoadingSequenceID SuccessiveSequenceID", NUMBERS),
    unread("ShipmentStage", "FreightAllowanceCharge", VALUES),
    unread("ShipmentStage", "CarrierParty TerminalOperatorParty CustomsAgentParty", PARTIES),
    unread(
        "ShipmentStage",
        "EstimatedDeliveryDate EstimatedDeliveryTime RequiredDeliveryDate RequiredDeliveryTime \
         TransitPeriod LoadingTransportEvent ExaminationTransportEvent AvailabilityTransportEvent \
         ExportationTransportEvent DischargeTransportEvent WarehousingTransportEvent \
         TakeoverTransportEvent OptionalTakeoverTransportEvent DropoffTransportEvent \
         ActualPickupTransportEvent DeliveryTransportEvent ReceiptTransportEvent \
         StorageTransportEvent AcceptanceTransportEvent EstimatedTransitPeriod \
         DetentionTransportEvent RequestedDepartureTransportEvent RequestedArrivalTransportEvent \
         RequestedWaypointTransportEvent PlannedDepartureTransportEvent \
         PlannedArrivalTransportEvent PlannedWaypointTransportEvent ActualDepartureTransportEvent \
         ActualWaypointTransportEvent ActualArrivalTransportEvent TransportEvent \
         EstimatedDepartureTransportEvent EstimatedArrivalTransportEvent DestinationPortCall \
         ShipStoreArticle CrewPersonEffect MaritimeWaste BallastWaterSummary ISPSRequirements \
         MaritimeHealthDeclaration FuelConsumption",
        EVENTS,
    ),
    unread(
        "ShipmentStage",
        "LoadingPortLocation UnloadingPortLocation TransshipPortLocation FreightChargeLocation",
        PLACES,
    ),
    unread(
        "ShipmentStage",
        "PreCarriageIndicator OnCarriageIndicator CabotageIndicator HazardousRiskIndicator",
        MARKS,
    ),
    unread("ShipmentStage", "ShipmentStageType Instructions DemurrageInstructions", WORDS),
    unread(
        "ShipmentStage",
        "ShipmentStageTypeCode TransportModeCode TransportMeansTypeCode TransitDirectionCode",
        CODES,
    ),
    unread("ShipmentStage", "CrewQuantity PassengerQuantity TransportMeans", PARTS),
    unread("TransportMeans", "UBLExtensions", EXTENSIONS),
    unread("TransportMeans", "JourneyID RegistrationNationalityID", NUMBERS),
    unread("TransportMeans", "MeasurementDimension", MEASURES),
    unread("TransportMeans", "OwnerParty", PARTIES),
    unread("TransportMeans", "DirectionCode TransportMeansTypeCode TradeServiceCode", CODES),
    unread(
        "TransportMeans",
        "RegistrationNationality Stowage AirTransport RoadTransport RailTransport \
         MaritimeTransport",
        PARTS,
    ),
    unread("MaritimeTransport", "UBLExtensions", EXTENSIONS),
    unread("MaritimeTransport", "VesselID RadioCallSignID MMSIRegistrationID", NUMBERS),
    unread("MaritimeTransport", "GrossTonnageMeasure NetTonnageMeasure", MEASURES),
    unread("MaritimeTransport", "ShipsRequirements", EVENTS),
    unread("MaritimeTransport", "RegistryPortLocation", PLACES),
    unread("MaritimeTransport", "VesselName", WORDS),
    unread("MaritimeTransport", "ShipConfigurationCode INFShipClassCode", CODES),
    unread("MaritimeTransport", "RegistryCertificateDocumentReference", REFERENCES),
    unread("MaritimeTransport", "SegregatedBallastMeasure AntennaLocus VesselDynamics", PARTS),
    unread("AirTransport", "UBLExtensions", EXTENSIONS),
    unread("AirTransport", "AircraftID", NUMBERS),
    unread("RoadTransport", "UBLExtensions", EXTENSIONS),
    unread("RoadTransport", "LicensePlateID", NUMBERS),
    unread("RailTransport", "UBLExtensions", EXTENSIONS),
    unread("RailTransport", "TrainID RailCarID", NUMBERS),
    unread("TransportHandlingUnit", "UBLExtensions", EXTENSIONS),
    unread("TransportHandlingUnit", "ID TraceID", NUMBERS),
    unread(
        "TransportHandlingUnit",
        "MeasurementDimension MinimumTemperature MaximumTemperature \
         FloorSpaceMeasurementDimension PalletSpaceMeasurementDimension",
        MEASURES,
    ),
    unread("TransportHandlingUnit", "HazardousRiskIndicator", MARKS),
    unread(
        "TransportHandlingUnit",
        "HandlingInstructions DamageRemarks HandlingUnitDespatchLine \
         ReceivedHandlingUnitReceiptLine Status",
        WORDS,
    ),
    unread("TransportHandlingUnit", "TransportHandlingUnitTypeCode HandlingCode", CODES),
    unread("TransportHandlingUnit", "ShipmentDocumentReference DamageDocumentationAttachment", REFERENCES),
    unread(
        "TransportHandlingUnit",
        "TotalGoodsItemQuantity TotalPackageQuantity ShippingMarks ActualPackage \
         TransportEquipment TransportMeans HazardousGoodsTransit GoodsItem CustomsDeclaration \
         ReferencedShipment Package",
        PARTS,
    ),
    unread("TransportEquipment", "UBLExtensions", EXTENSIONS),
    unread("TransportEquipment", "ID ReferencedConsignmentID TraceID", NUMBERS),
    unread(
        "TransportEquipment",
        "AirFlowPercent HumidityPercent GrossWeightMeasure GrossVolumeMeasure TareWeightMeasure \
         MeasurementDimension MinimumTemperature MaximumTemperature VerifiedGrossMass",
        MEASURES,
    ),
    unread("TransportEquipment", "HaulageTradingTerms ServiceAllowanceCharge FreightAllowanceCharge", VALUES),
    unread(
        "TransportEquipment",
        "ProviderParty LoadingProofParty SupplierParty OwnerParty OperatingParty",
        PARTIES,
    ),
    unread(
        "TransportEquipment",
        "SpecialTransportRequirements PositioningTransportEvent QuarantineTransportEvent \
         DeliveryTransportEvent PickupTransportEvent HandlingTransportEvent LoadingTransportEvent \
         TransportEvent",
        EVENTS,
    ),
    unread("TransportEquipment", "LoadingLocation UnloadingLocation StorageLocation", PLACES),
    unread(
        "TransportEquipment",
        "RefrigerationOnIndicator ReturnabilityIndicator LegalStatusIndicator \
         AnimalFoodApprovedIndicator HumanFoodApprovedIndicator DangerousGoodsApprovedIndicator \
         RefrigeratedIndicator PowerIndicator",
        MARKS,
    ),
    unread("TransportEquipment", "Information Characteristics DamageRemarks Description", WORDS),
    unread(
        "TransportEquipment",
        "TransportEquipmentTypeCode ProviderTypeCode OwnerTypeCode SizeTypeCode DispositionCode \
         FullnessIndicationCode TrackingDeviceCode",
        CODES,
    ),
    unread("TransportEquipment", "ShipmentDocumentReference", REFERENCES),
    unread(
        "TransportEquipment",
        "TransportEquipmentSeal ApplicableTransportMeans HazardousGoodsTransit \
         PackagedTransportHandlingUnit AttachedTransportEquipment Delivery Pickup Despatch \
         ContainedInTransportEquipment Package GoodsItem",
        PARTS,
    ),
    unread("Package", "UBLExtensions", EXTENSIONS),
    unread("Package", "ID TraceID", NUMBERS),
    unread("Package", "MeasurementDimension", MEASURES),
    unread("Package", "ReturnableMaterialIndicator", MARKS),
    unread("Package", "PackagingType PackingMaterial Status", WORDS),
    unread("Package", "PackageLevelCode PackagingTypeCode", CODES),
    unread(
        "Package",
        "Quantity ContainedPackage ContainingTransportEquipment GoodsItem DeliveryUnit Delivery \
         Pickup Despatch",
        PARTS,
    ),
    unread("GoodsItem", "UBLExtensions", EXTENSIONS),
    unread("GoodsItem", "ID SequenceNumberID RequiredCustomsID TraceID", NUMBERS),
    unread(
        "GoodsItem",
        "GrossWeightMeasure NetWeightMeasure NetNetWeightMeasure ChargeableWeightMeasure \
         GrossVolumeMeasure NetVolumeMeasure Temperature MeasurementDimension MinimumTemperature \
         MaximumTemperature",
        MEASURES,
    ),
    unread(
        "GoodsItem",
        "DeclaredCustomsValueAmount DeclaredForCarriageValueAmount DeclaredStatisticsValueAmount \
         FreeOnBoardValueAmount InsuranceValueAmount ValueAmount FreightAllowanceCharge",
        VALUES,
    ),
    unread("GoodsItem", "OriginAddress BondedWarehouseLocation", PLACES),
    unread("GoodsItem", "HazardousRiskIndicator CustomsImportClassifiedIndicator", MARKS),
    unread("GoodsItem", "Description InvoiceLine", WORDS),
    unread("GoodsItem", "PreferenceCriterionCode CustomsStatusCode CustomsProcedureCode", CODES),
    unread(
        "GoodsItem",
        "OrderLineReference DespatchLineReference ReceiptLineReference ShipmentDocumentReference \
         AdditionalDocumentReference",
        REFERENCES,
    ),
    unread(
        "GoodsItem",
        "Quantity CustomsTariffQuantity ChargeableQuantity ReturnableQuantity Item \
         GoodsItemContainer ContainedGoodsItem Delivery Pickup Despatch ContainingPackage",
        PARTS,
    ),
    unread("Item", "UBLExtensions", EXTENSIONS),
    unread("Item", "Dimension", MEASURES),
    unread("Item", "ClassifiedTaxCategory", VALUES),
    unread("Item", "ManufacturerParty InformationContentProviderParty", PARTIES),
    unread("Item", "EnvironmentalEmission", EVENTS),
    unread("Item", "OriginCountry OriginAddress", PLACES),
    unread("Item", "CatalogueIndicator HazardousRiskIndicator", MARKS),
    unread(
        "Item",
        "Description Name AdditionalInformation Keyword BrandName ModelName WarrantyInformation \
         TransactionConditions",
        WORDS,
    ),
    unread("Item", "ItemTypeCode", CODES),
    unread(
        "Item",
        "BuyersItemIdentification SellersItemIdentification ManufacturersItemIdentification \
         StandardItemIdentification CatalogueItemIdentification AdditionalItemIdentification \
         CatalogueDocumentReference ItemSpecificationDocumentReference AdditionalItemProperty \
         ItemInstance Certificate",
        REFERENCES,
    ),
    unread("Item", "PackQuantity PackSizeNumeric CommodityClassification HazardousItem", PARTS),
    unread("CommodityClassification", "UBLExtensions", EXTENSIONS),
    unread("CommodityClassification", "NatureCode CargoTypeCode CommodityCode ItemClassificationCode", CODES),
    unread("InvoiceLine", "UBLExtensions", EXTENSIONS),
    unread("InvoiceLine", "ID UUID", NUMBERS),
    unread(
        "InvoiceLine",
        "LineExtensionAmount TaxInclusiveLineExtensionAmount AccountingCostCode AccountingCost \
         BillingReference PricingReference PaymentTerms AllowanceCharge TaxTotal \
         WithholdingTaxTotal Price DeliveryTerms ItemPriceExtension",
        VALUES,
    ),
    unread("InvoiceLine", "OriginatorParty", PARTIES),
    unread("InvoiceLine", "TaxPointDate InvoicePeriod", EVENTS),
    unread("InvoiceLine", "FreeOfChargeIndicator", MARKS),
    unread("InvoiceLine", "Note SubInvoiceLine", WORDS),
    unread("InvoiceLine", "PaymentPurposeCode", CODES),
    unread(
        "InvoiceLine",
        "OrderLineReference DespatchLineReference ReceiptLineReference DocumentReference",
        REFERENCES,
    ),
    unread("InvoiceLine", "InvoicedQuantity Delivery Item", PARTS),
    unread("Price", "UBLExtensions", EXTENSIONS),
    unread(
        "Price",
        "PriceAmount TaxInclusivePriceAmount OrderableUnitFactorRate AllowanceCharge \
         PricingExchangeRate AlternativeCurrencyPrice",
        VALUES,
    ),
    unread("Price", "ValidityPeriod", EVENTS),
    unread("Price", "PriceChangeReason PriceType", WORDS),
    unread("Price", "PriceTypeCode", CODES),
    unread("Price", "BaseQuantity PriceList", PARTS),
    unread("DeliveryTerms", "UBLExtensions", EXTENSIONS),
    unread("DeliveryTerms", "ID", NUMBERS),
    unread("DeliveryTerms", "SpecialTerms Amount AllowanceCharge", VALUES),
    unread("DeliveryTerms", "DeliveryLocation", PLACES),
    unread("DeliveryTerms", "LossRisk", WORDS),
    unread("DeliveryTerms", "LossRiskResponsibilityCode", CODES),
    unread("DocumentReference", "UBLExtensions", EXTENSIONS),
    unread("DocumentReference", "ID UUID LanguageID VersionID", NUMBERS),
    unread("DocumentReference", "IssuerParty", PARTIES),
    unread("DocumentReference", "IssueDate IssueTime ValidityPeriod", EVENTS),
    unread("DocumentReference", "ReferencedDocumentInternalAddress", PLACES),
    unread("DocumentReference", "CopyIndicator", MARKS),
    unread("DocumentReference", "DocumentType XPath DocumentDescription", WORDS),
    unread("DocumentReference", "DocumentTypeCode LocaleCode DocumentStatusCode", CODES),
    unread("DocumentReference", "Attachment", REFERENCES),
    unread("DocumentReference", "ResultOfVerification", PARTS),
    unread("Period", "UBLExtensions", EXTENSIONS),
    unread("Period", "DurationMeasure", MEASURES),
    unread("Period", "StartDate StartTime EndDate EndTime", EVENTS),
    unread("Period", "Description", WORDS),
    unread("Period", "DescriptionCode", CODES),
];
