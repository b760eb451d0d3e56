//! AWS Service Catalog: portfolios, and the products in them.

use aws_wire::{Call, Pages, Protocol, Scope, Service};
use model::Node;
use serde_json::json;

use crate::shape::{literal, part, text};
use crate::{Collector, Draft, Halt, Reach, Run};

static SERVICE_CATALOG: Service = Service {
    endpoint: "servicecatalog",
    signing: "servicecatalog",
    variable: "SERVICE_CATALOG",
    protocol: Protocol::Json { target: "AWS242ServiceCatalogService", version: "1.1" },
    scope: Scope::Regional,
};

const PAGES: Pages = Pages::Token { answer: "NextPageToken", parameter: "PageToken" };

static PORTFOLIOS: Call = Call {
    service: &SERVICE_CATALOG,
    operation: "ListPortfolios",
    path: "",
    action: "servicecatalog:ListPortfolios",
    pages: PAGES,
    yields: &["AWS::ServiceCatalog::Portfolio", "AWS::ServiceCatalog::PortfolioProductAssociation"],
    unset: &[],
};

static PRODUCTS: Call = Call {
    service: &SERVICE_CATALOG,
    operation: "SearchProductsAsAdmin",
    path: "",
    action: "servicecatalog:SearchProductsAsAdmin",
    pages: PAGES,
    yields: &["AWS::ServiceCatalog::PortfolioProductAssociation"],
    unset: &[],
};

pub(crate) static COLLECTOR: Collector = Collector {
    name: "servicecatalog",
    reach: Reach::EveryRegion,
    calls: &[&PORTFOLIOS, &PRODUCTS],
    collect: |run| Box::pin(portfolios(run)),
};

async fn portfolios(run: &Run) -> Result<(), Halt> {
    let found = run.list(&PORTFOLIOS, json!({ "PageSize": 20 }), "PortfolioDetails").await?;
    run.each(found, portfolio).await;
    Ok(())
}

/// Products that cannot be listed are a gap; the portfolio counts all the same.
async fn portfolio(run: &Run, found: Node) -> Vec<Draft> {
    let Some(id) = text(&found, "Id") else { return Vec::new() };
    let products = run.list(&PRODUCTS, json!({ "PortfolioId": id, "PageSize": 20 }), "ProductViewDetails").await;
    let mut draft = Draft::new("AWS::ServiceCatalog::Portfolio", id, found.origin).name(id);
    if let Some(arn) = text(&found, "ARN") {
        draft = draft.arn(arn);
    }
    let names = [("DisplayName", "DisplayName"), ("Description", "Description"), ("ProviderName", "ProviderName")];
    let mut drafts = vec![draft.take(&found, &names)];
    for product in products.iter().flatten() {
        let Some(product_id) = text(product, "ProductViewSummary.ProductId") else { continue };
        let kind = "AWS::ServiceCatalog::PortfolioProductAssociation";
        let draft = Draft::new(kind, format!("{id}|{product_id}"), product.origin);
        let draft = draft.set("PortfolioId", Some(literal(id, product)));
        drafts.push(draft.set("ProductId", part(product, "ProductViewSummary.ProductId")));
    }
    drafts
}
