//! `servicecatalog_portfolio_in_use`

use macros::check;
use model::{At, Inventory, Verdict, View};

#[derive(Debug, View)]
#[view("AWS::ServiceCatalog::Portfolio")]
struct Portfolio<'a> {
    at: At<'a>,
}

#[derive(Debug, View)]
#[view("AWS::ServiceCatalog::PortfolioProductAssociation")]
struct Product<'a> {
    at: At<'a>,
}

/// Service Catalog portfolios offer products
///
/// A portfolio is where teams look for architectures that were reviewed once and need not be again. An empty one
/// sends them off to build their own, each a little different and none of them reviewed.
///
/// ## Fix
/// Publish the architectures you want to be used as `AWS::ServiceCatalog::CloudFormationProduct`, and put them into
/// the portfolio with an `AWS::ServiceCatalog::PortfolioProductAssociation`.
/// ```yaml,fail
/// Type: AWS::ServiceCatalog::Portfolio
/// Properties: { DisplayName: approved, ProviderName: platform }
/// ```
/// ```yaml,pass
/// Resources:
///   Approved:
///     Type: AWS::ServiceCatalog::Portfolio
///     Properties: { DisplayName: approved, ProviderName: platform }
///   Bucket:
///     Type: AWS::ServiceCatalog::PortfolioProductAssociation
///     Properties: { PortfolioId: !Ref Approved, ProductId: prod-1 }
/// ```
#[check(OPS05_BP06, PERF01_BP05, SEC01_BP06, severity = Low, effort = Medium, code = Partly)]
fn servicecatalog_portfolio_in_use(portfolio: &Portfolio, around: &Inventory) -> Verdict {
    around.referring::<Product>("PortfolioId", &portfolio.at).must_exist("a product")
}
