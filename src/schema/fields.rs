//! The built-in fields of customers, documents, promises and contacts, in ONE table.
//!
//! Columns come from the ledger (design, section 5), derived fields are computed on every run
//! (design, section 2; `S2`, `S3`, `S17`, `S19`, `S20`, `S22`).

/// What has fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A customer.
    Customer,
    /// A document: invoice, credit note or payment on account.
    Document,
    /// A promise to pay.
    Promise,
    /// A contact that was made.
    Contact,
}

impl Owner {
    /// The word for it in messages and declarations.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Document => "document",
            Self::Promise => "promise",
            Self::Contact => "contact",
        }
    }
}

/// Where a field's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A column of the ledger that must be there.
    RequiredColumn,
    /// A column of the ledger that may be left out; then every value is missing (or the stated default).
    Column,
    /// Computed on every run.
    Derived,
}

/// The type of a built-in field; closed lists are named, since `status` is the program's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Text.
    Text,
    /// An amount of money.
    Money,
    /// A date.
    Date,
    /// Whole days.
    Days,
    /// `yes` or `no`.
    Flag,
    /// A currency code.
    Currency,
    /// The list of kinds.
    Kind,
    /// The program's list of statuses.
    Status,
}

macro_rules! fields {
    ($($owner:ident { $($field:ident = $name:literal $ty:ident $optional:literal $origin:ident $doc:literal;)* })*) => {
        /// A built-in field.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[doc = $doc] $field,)*)* }

        /// Every built-in field, by owner and in the order of the manual.
        pub const FIELDS: &[FieldSpec] = &[$($(FieldSpec {
            field: Field::$field,
            owner: Owner::$owner,
            name: $name,
            ty: FieldType::$ty,
            optional: !$optional.is_empty(),
            origin: Origin::$origin,
            doc: $doc,
        },)*)*];
    };
}

/// What is known of a built-in field.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// The field.
    pub field: Field,
    /// What has it.
    pub owner: Owner,
    /// Its name in the language and, for a column, in the ledger.
    pub name: &'static str,
    /// Its type.
    pub ty: FieldType,
    /// Whether a value may be missing.
    pub optional: bool,
    /// Where it comes from.
    pub origin: Origin,
    /// What it means, one sentence for hover and manual.
    pub doc: &'static str,
}

fields! {
    Customer {
        CustomerId = "id" Text "" RequiredColumn "The customer's number.";
        CustomerName = "name" Text "?" Column "The customer's name.";
        CustomerLanguage = "language" Text "?" Column "The language the customer is written to in: `nl`, `en`.";
        CustomerCountry = "country" Text "?" Column "The customer's country.";
        CustomerEmail = "email" Text "?" Column "The customer's e-mail address.";
        CustomerPhone = "phone" Text "?" Column "The customer's telephone number.";
        CreditLimit = "credit_limit" Money "?" Column "How much the customer may owe, in the customer's currency.";
        CustomerCurrency = "currency" Currency "?" Column "The customer's currency; the reporting currency where it is missing.";
        TotalDue = "total_due" Money "" Derived "The open amount of every open document, credit notes and payments on account taken off (S17).";
        OverdueTotal = "overdue_total" Money "" Derived "The open amount of the overdue invoices (S17).";
        OldestDaysOverdue = "oldest_days_overdue" Days "" Derived "Days overdue of the invoice that is overdue longest; 0 days when none is.";
        PaymentBehaviour = "payment_behaviour" Days "?" Derived "Average days from due date to settlement over the settled invoices; missing while none is settled.";
        LastContact = "last_contact" Date "?" Derived "The date of the last contact that was made (S22).";
    }
    Document {
        DocumentId = "id" Text "" RequiredColumn "The document's number.";
        DocumentCustomer = "customer" Text "" RequiredColumn "The number of the customer who owes it.";
        Kind = "kind" Kind "" Column "`invoice`, `credit_note` or `payment` (on account); `invoice` without the column.";
        Status = "status" Status "" Column "The document's status; the first declared one without the column.";
        IssueDate = "issue_date" Date "" RequiredColumn "The date on the document.";
        DueDate = "due_date" Date "" RequiredColumn "The day on which it is to be paid; the issue date for a credit note or payment without one (S3).";
        Amount = "amount" Money "" RequiredColumn "The full amount.";
        OpenAmount = "open_amount" Money "" Column "What is still to be paid on the run date (S2).";
        DocumentCurrency = "currency" Currency "" Column "The document's currency; the reporting currency without the column.";
        SettledOn = "settled_on" Date "?" Column "The day on which it was settled (S2).";
        FirstSeen = "first_seen" Date "?" Column "The day on which the document first came to be known.";
        DaysOverdue = "days_overdue" Days "" Derived "Days since the due date, negative before it (S3).";
        Overdue = "overdue" Flag "" Derived "Whether it is an invoice more than 0 days past its due date (S3).";
        Age = "age" Days "" Derived "Days since the issue date.";
        Held = "held" Flag "" Derived "Whether the document or its customer is on hold (S19).";
        PromiseOpen = "promise_open" Flag "" Derived "Whether a promise to pay it is open (S20).";
        PromiseBroken = "promise_broken" Flag "" Derived "Whether a promise to pay it was broken (S20).";
    }
    Promise {
        PromiseDocument = "document" Text "?" Column "The document promised; missing for all of the customer's.";
        PromiseAmount = "amount" Money "?" Column "The amount promised.";
        PromiseCurrency = "currency" Currency "?" Column "The currency of the amount.";
        MadeOn = "made_on" Date "" RequiredColumn "The day on which it was made.";
        DueOn = "due_on" Date "" RequiredColumn "The day up to which payment was promised.";
    }
    Contact {
        ContactDate = "date" Date "" RequiredColumn "The day of the contact.";
        ContactDocument = "document" Text "?" Column "The document it was about.";
        ContactProcedure = "procedure" Text "?" Column "The procedure that asked for it; missing for one on demand.";
        ContactStep = "step" Text "?" Column "The step that asked for it; missing for one on demand.";
        ContactResult = "result" Text "?" Column "What was reported back.";
        ContactBy = "by" Text "?" Column "Who made it.";
    }
}

/// The fields of one owner, in the order of the manual.
pub fn of(owner: Owner) -> impl Iterator<Item = &'static FieldSpec> {
    FIELDS.iter().filter(move |spec| spec.owner == owner)
}

impl Field {
    /// What is known of it.
    #[must_use]
    pub fn spec(self) -> &'static FieldSpec {
        /// The table holds every field, by construction of the macro; this stands for the impossible.
        const NO_SPEC: FieldSpec = FieldSpec {
            field: Field::CustomerId,
            owner: Owner::Customer,
            name: "",
            ty: FieldType::Text,
            optional: false,
            origin: Origin::Derived,
            doc: "",
        };
        FIELDS.get(self as usize).unwrap_or(&NO_SPEC)
    }
}
