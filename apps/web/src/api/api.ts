import type { Api } from '@art32/server/api'

/*
 * What the server answers, by the names that the pages use. The types are the server's own: there is no second list.
 */

/** Names of the operations that are plain calls. */
export type Operation = keyof Api
/** Those that work inside one tenant. */
export type TenantOperation = { [O in Operation]: Api[O]['inTenant'] extends true ? O : never }[Operation]
/** Those that work on the installation, or for anybody. */
export type InstallationOperation = Exclude<Operation, TenantOperation>
/** What an operation takes. */
export type Input<O extends Operation> = Api[O]['input']
/** What an operation answers. */
export type Output<O extends Operation> = Api[O]['output']

export type Whoami = Output<'account.whoami'>
/** What somebody may do in a tenant. */
export type Permission = Whoami['tenants'][number]['permissions'][number]
/** A member's role in a tenant. */
export type Role = Output<'access.list'>['members'][number]['role']
export type HistoryEvent = Output<'history.list'>['events'][number]
export type ConceptView = Output<'access.concept'>
export type GrantView = Output<'grant.list'>['grants'][number]
export type RoomView = Output<'room.show'>
/** A line of the edition in a room. */
export type RoomLine = Extract<RoomView['sections'][number]['blocks'][number], { kind: 'line' }>
export type RoomQuestion = RoomView['questions'][number]

/** The whole register: the document as the dashboard. */
export type RegisterView = Output<'register.show'>
export type RegisterCounts = RegisterView['counts']
export type DocumentView = RegisterView['document']
export type CoverageView = RegisterView['coverage']
export type FaultView = RegisterView['faults'][number]
/** One sentence, bullet or cell of the document. */
export type StatementView = RegisterView['statements'][number]
/** The register's side of a statement. */
export type MeasureView = NonNullable<StatementView['measure']>
/** One catalogue measure that a statement means. */
export type PartView = MeasureView['parts'][number]
/** A check behind a part of a measure, on one system. */
export type PartCheckView = PartView['checks'][number]

/** What can be connected, with the fields of its form. */
export type ConnectorView = Output<'connector.list'>['connectors'][number]

export type ConnectionView = Output<'connection.list'>['connections'][number]
/** How many outcomes there are of each state. */
export type OutcomeCounts = ConnectionView['counts']
/** What a check, or the engine, says about a system. */
export type OutcomeState = keyof OutcomeCounts
export type ComputerView = Output<'computer.list'>['computers'][number]
export type CheckView = Output<'check.list'>['checks'][number]
export type OutcomeView = Output<'outcome.list'>['outcomes'][number]
export type RunView = Output<'run.watch'>
/** A part of a system that was seen in another state than before. */
export type FactChangeView = Output<'fact.changes'>['changes'][number]
/** A system of which the facts of another one tell. */
export type DiscoveredView = Output<'scope.list'>['discovered'][number]
/** An incident that a platform tells of, and who acknowledged it. */
export type IncidentView = Output<'platform.list'>['incidents'][number]
/** A check with parameters that people may declare. */
export type ParameterCheckView = Output<'parameter.list'>['checks'][number]
/** An account on a system, and whose it is. */
export type HeldAccountView = Output<'holder.list'>['accounts'][number]
export type FindingView = Output<'finding.list'>['findings'][number]
/** What somebody said. */
export type CommentView = Output<'finding.history'>['comments'][number]
/** A review or an internal audit. */
export type AuditView = Output<'audit.list'>['audits'][number]
/** A risk for people by its newest assessment. */
export type RiskView = Output<'risk.list'>['risks'][number]
/** A guideline with its draft, its versions and who accepted it. */
export type GuidelineShown = Output<'guideline.show'>
/** A guideline in the list. */
export type GuidelineView = Output<'guideline.list'>['guidelines'][number]
/** Two editions beside each other. */
export type ComparisonView = Output<'edition.compare'>
export type ChangeView = ComparisonView['changes'][number]
export type EditionView = Output<'edition.list'>['editions'][number]
/** A tenant as whoever runs the installation sees it. */
export type TenantView = Output<'tenant.list'>['tenants'][number]
/** What is left of a deleted one. */
export type ClosedTenantView = Output<'tenant.list'>['closed'][number]
export type LedgerHead = Output<'ledger.show'>
export type LedgerEntry = Output<'ledger.entries'>['entries'][number]
