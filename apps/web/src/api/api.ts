import type { Assurance, PublicState } from '@art32/press'

/*
 * The operations as the HTTP API offers them. Views of the register repeat apps/server/src/measure/views.ts.
 */

/** What a check, or the engine, says about a system. */
export type OutcomeState = 'pass' | 'fail' | 'info' | 'not-evaluated' | 'not-applicable'

/** How many outcomes there are of each state. */
export type OutcomeCounts = Readonly<Record<OutcomeState, number>>

/** A sentence in both languages. */
export type Sentence = { readonly en: string; readonly de: string }

/** A person's role in a tenant. */
export type Role = 'owner' | 'editor' | 'signatory' | 'dpo' | 'member'

/** A check behind a part of a measure, on one system. */
export type PartCheckView = {
  readonly check: string
  readonly relation: 'proves' | 'supports'
  readonly systemId: string
  readonly state: OutcomeState
  readonly reason: string | null
  readonly at: string
  readonly freshUntil: string
}

/** One catalogue measure that a statement means. */
export type PartView = {
  readonly catalogueId: string
  readonly confidence: number
  readonly confirmedBy: 'person' | 'release' | null
  readonly confirmedAt: string | null
  readonly provable: boolean
  readonly checks: readonly PartCheckView[]
}

export type Guarantor = 'us' | 'processor' | 'customer'
export type Visibility = 'public' | 'customers' | 'auditors'
export type StatementStatus = 'in-place' | 'planned' | 'not-in-place' | 'conditional' | 'not-applicable'

/** The register's side of a statement. */
export type MeasureView = {
  readonly id: string
  readonly revision: number
  readonly owner: string | null
  readonly guarantor: Guarantor
  readonly scope: readonly string[]
  readonly cadence: string | null
  readonly visibility: Visibility
  readonly ignored: string | null
  readonly assurance: Assurance
  readonly publicState: PublicState
  readonly checkedAt: string | null
  readonly freshUntil: string | null
  readonly next: 'confirm' | 'choose' | 'mend' | 'connect' | 'look-again' | 'plan' | 'none'
  readonly unproven: readonly string[]
  readonly parts: readonly PartView[]
}

/** One sentence, bullet or cell of the document. */
export type StatementView = {
  readonly id: string
  readonly line: number
  readonly page: number | null
  readonly section: string
  readonly level: number | null
  readonly text: string
  readonly type: 'measure' | 'heading' | 'commitment' | 'note' | 'meta'
  readonly status: StatementStatus
  readonly nature: 'technical' | 'organisational' | null
  readonly parameters: Readonly<Record<string, unknown>>
  readonly systems: readonly string[]
  readonly cadence: unknown
  readonly sure: boolean
  readonly measure: MeasureView | null
}

export type DocumentView = {
  readonly id: string
  readonly name: string
  readonly title: string | null
  readonly format: string
  readonly language: 'en' | 'de'
  readonly words: number
  readonly pages: number | null
  readonly dated: string | null
  readonly version: string | null
  readonly state: 'draft' | 'register' | 'replaced'
  readonly origin: 'upload' | 'release'
  readonly readAt: string
}

export type CoverageView = {
  readonly key: string
  readonly covered: boolean
  readonly statements: readonly string[]
  readonly missing: readonly string[]
}

export type FaultView = {
  readonly rule: string
  readonly level: 'error' | 'warning' | 'info'
  readonly line: number | null
  readonly page: number | null
  readonly text: string
  readonly why: string
  readonly remedy: string
}

export type RegisterCounts = {
  readonly assurance: Readonly<Record<Assurance, number>>
  readonly public: Readonly<Record<PublicState, number>>
  readonly lines: number
  readonly unconfirmed: number
}

/** The whole register: the document as the dashboard. */
export type RegisterView = {
  readonly document: DocumentView
  readonly counts: RegisterCounts
  readonly statements: readonly StatementView[]
  readonly coverage: readonly CoverageView[]
  readonly faults: readonly FaultView[]
}

export type ConnectionView = {
  readonly id: string
  readonly systemId: string
  readonly systemName: string
  readonly connector: string
  readonly target: string
  readonly every: string
  readonly paused: boolean
  readonly nextAt: string | null
  readonly last: { readonly at: string; readonly read: 'ok' | 'no'; readonly why: string | null } | null
  readonly counts: OutcomeCounts
}

export type CheckView = {
  readonly id: string
  readonly connector: string
  readonly title: Sentence
  readonly why: Sentence
  readonly remedy: Sentence
  readonly severity: string
  readonly serves: readonly { readonly measure: string; readonly as: 'proves' | 'supports' }[]
}

export type OutcomeView = {
  readonly id: string
  readonly check: string
  readonly systemId: string
  readonly systemName: string
  readonly state: OutcomeState
  readonly reason: string | null
  readonly at: string
  readonly freshUntil: string
  readonly subjects: readonly { readonly subject: string; readonly state: OutcomeState; readonly say: Sentence }[]
  readonly parameters: Readonly<Record<string, unknown>>
}

export type RunView = {
  readonly done: boolean
  readonly runId: string
  readonly state: string
  readonly connections: number
  readonly finished: number
  readonly outcomes: OutcomeCounts
  readonly lines: readonly {
    readonly connectionId: string
    readonly systemName: string
    readonly connector: string
    readonly state: 'waiting' | 'running' | 'done'
    readonly worst: OutcomeState | null
  }[]
}

export type FindingView = {
  readonly key: string
  readonly check: string
  readonly title: Sentence
  readonly remedy: Sentence
  readonly systemId: string
  readonly systemName: string
  readonly subject: string
  readonly severity: string
  readonly say: Sentence
  readonly owner: string | null
  readonly due: string | null
  readonly openedAt: string
  readonly seenAt: string
  readonly closedAt: string | null
}

export type EditionView = {
  readonly id: string
  readonly state: 'draft' | 'edition'
  readonly number: number | null
  readonly language: string
  readonly madeAt: string
  readonly counts: RegisterCounts
  readonly signedBy: string | null
}

export type LedgerHead = {
  readonly origin: string
  readonly vkey: string
  readonly size: number
  readonly root: string
  readonly checkpoint: string
  readonly pending: number
  readonly instance: {
    readonly origin: string
    readonly vkey: string
    readonly size: number
    readonly anchoredSize: number
  }
}

export type LedgerEntry = {
  readonly index: number
  readonly at: string
  readonly type: string
  readonly subject: { readonly kind: string; readonly id: string }
  readonly actor: string
  readonly code: string | null
  readonly content: Readonly<Record<string, unknown>> | null
}

export type HistoryEvent = {
  readonly at: string
  readonly type: string
  readonly index: number | null
  readonly who: string
  readonly account: string | null
  readonly content: Readonly<Record<string, unknown>> | null
}

export type Whoami = {
  readonly account: { readonly id: string; readonly name: string; readonly email: string } | null
  readonly needsSetup: boolean
  readonly tenants: readonly {
    readonly slug: string
    readonly name: string
    readonly role: Role
    readonly language: string
  }[]
  readonly version: string
  readonly baseUrl: string
}

type Nothing = Readonly<Record<string, never>>
type Target = { readonly measureId: string; readonly revision: number }
type Changed = { readonly measure: MeasureView }

/** Input and output of every operation that the workplace uses. */
export type Api = {
  'account.whoami': { input: Nothing; output: Whoami }
  'account.setup': { input: { token: string; name: string; email: string; password: string }; output: Nothing }
  'tenant.create': { input: { name: string; slug?: string; language: string }; output: { slug: string } }
  'document.list': { input: Nothing; output: { documents: readonly DocumentView[] } }
  'document.adopt': { input: { documentId: string }; output: Nothing }
  'document.discard': { input: { documentId: string }; output: Nothing }
  'register.show': { input: { documentId?: string }; output: RegisterView }
  'measure.confirm': { input: Target; output: Changed }
  'measure.confirm_section': { input: { documentId: string; section: string }; output: { confirmed: number } }
  'measure.change': {
    input: Target & {
      catalogueIds?: readonly string[]
      owner?: string | null
      guarantor?: Guarantor
      scope?: readonly string[]
      cadence?: string | null
      visibility?: Visibility
      status?: StatementStatus
    }
    output: Changed
  }
  'measure.split': { input: Target & { parts: readonly string[] }; output: { measureIds: readonly string[] } }
  'measure.merge': { input: Target; output: Changed }
  'measure.ignore': { input: Target & { reason: string }; output: Changed }
  'measure.restore': { input: Target; output: Changed }
  'measure.history': { input: { measureId: string }; output: { events: readonly HistoryEvent[] } }
  'system.list': {
    input: Nothing
    output: { systems: readonly { id: string; name: string; kind: string; environment: string }[] }
  }
  'connection.list': { input: Nothing; output: { connections: readonly ConnectionView[] } }
  'connection.add': {
    input: { target: string; name?: string; environment?: string }
    output: { connections: readonly string[] }
  }
  'connection.pause': { input: { connectionId: string; paused: boolean }; output: Nothing }
  'connection.remove': { input: { connectionId: string }; output: Nothing }
  'check.list': { input: Nothing; output: { checks: readonly CheckView[] } }
  'check.run': { input: { connectionIds?: readonly string[] }; output: { runId: string } }
  'outcome.list': { input: { systemId?: string; checkId?: string }; output: { outcomes: readonly OutcomeView[] } }
  'outcome.facts': {
    input: { outcomeId: string }
    output: { facts: unknown; at: string; hash: string; index: number | null }
  }
  'finding.list': { input: { open: 'true' | 'false' }; output: { findings: readonly FindingView[] } }
  'finding.change': { input: { key: string; owner?: string | null; due?: string | null }; output: Nothing }
  'edition.list': { input: Nothing; output: { editions: readonly EditionView[] } }
  'edition.draft': { input: Nothing; output: { id: string } }
  'edition.sign': { input: { editionId: string }; output: { number: number } }
  'ledger.show': { input: Nothing; output: LedgerHead }
  'ledger.entries': {
    input: { before?: number; limit: number }
    output: { entries: readonly LedgerEntry[]; size: number }
  }
}

/** Names of operations. */
export type Operation = keyof Api
export type Input<O extends Operation> = Api[O]['input']
export type Output<O extends Operation> = Api[O]['output']
