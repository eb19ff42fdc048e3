import type { Text } from './measure.ts'

/** `error`: do not publish or sign. `warning`: a data protection officer would ask. `info`: could be better. */
export type RuleLevel = 'error' | 'warning' | 'info'

/** What the rules look at: currency and responsibility, residue of templates and copying, wording, substance, completeness. */
export type RuleGroup = 'currency' | 'residue' | 'wording' | 'substance' | 'completeness'

/** A fault that a document of measures can have. How it is found is the reader's business. */
export type DocumentRule = {
  readonly id: string
  readonly level: RuleLevel
  readonly group: RuleGroup
  readonly title: Text
  /** Why it matters to the reader of the document. */
  readonly why: Text
  /** What to write instead. */
  readonly remedy: Text
  /** Provision, guideline or standard that the rule rests on; `practice` where none is known. */
  readonly source: string
}

/**
 * The rules for documents of measures, as data.
 *
 * A reader applies them in the order residue, status words (`planned`, `declared-gap`), mapping to the catalogue,
 * completeness, wording, substance: a planned or negated statement never counts as present, so completeness can only be
 * judged after both.
 */
export const documentRules: readonly DocumentRule[] = [
  {
    id: 'date-missing',
    level: 'error',
    group: 'currency',
    title: { en: 'No date', de: 'No date' },
    why: { en: 'No date', de: 'No date' },
    remedy: { en: 'No date', de: 'No date' },
    source: 'practice',
  },
  {
    id: 'date-stale',
    level: 'warning',
    group: 'currency',
    title: { en: 'Newest date older than 24 months', de: 'Newest date older than 24 months' },
    why: { en: 'Newest date older than 24 months', de: 'Newest date older than 24 months' },
    remedy: { en: 'Newest date older than 24 months', de: 'Newest date older than 24 months' },
    source: 'practice',
  },
  {
    id: 'version-missing',
    level: 'warning',
    group: 'currency',
    title: { en: 'No version and no change history', de: 'No version and no change history' },
    why: { en: 'No version and no change history', de: 'No version and no change history' },
    remedy: { en: 'No version and no change history', de: 'No version and no change history' },
    source: 'practice',
  },
  {
    id: 'owner-missing',
    level: 'warning',
    group: 'currency',
    title: { en: 'Nobody is named as responsible', de: 'Nobody is named as responsible' },
    why: { en: 'Nobody is named as responsible', de: 'Nobody is named as responsible' },
    remedy: { en: 'Nobody is named as responsible', de: 'Nobody is named as responsible' },
    source: 'practice',
  },
  {
    id: 'review-date-missing',
    level: 'info',
    group: 'currency',
    title: {
      en: 'No date or rhythm for the next review of the document',
      de: 'No date or rhythm for the next review of the document',
    },
    why: {
      en: 'No date or rhythm for the next review of the document',
      de: 'No date or rhythm for the next review of the document',
    },
    remedy: {
      en: 'No date or rhythm for the next review of the document',
      de: 'No date or rhythm for the next review of the document',
    },
    source: 'practice',
  },
  {
    id: 'time-ambiguous',
    level: 'info',
    group: 'currency',
    title: { en: 'Date or rhythm can be read two ways', de: 'Date or rhythm can be read two ways' },
    why: { en: 'Date or rhythm can be read two ways', de: 'Date or rhythm can be read two ways' },
    remedy: { en: 'Date or rhythm can be read two ways', de: 'Date or rhythm can be read two ways' },
    source: 'practice',
  },
  {
    id: 'placeholder',
    level: 'error',
    group: 'residue',
    title: { en: 'Unfilled placeholder', de: 'Unfilled placeholder' },
    why: { en: 'Unfilled placeholder', de: 'Unfilled placeholder' },
    remedy: { en: 'Unfilled placeholder', de: 'Unfilled placeholder' },
    source: 'practice',
  },
  {
    id: 'lost-name',
    level: 'error',
    group: 'residue',
    title: { en: 'Company or product name lost', de: 'Company or product name lost' },
    why: { en: 'Company or product name lost', de: 'Company or product name lost' },
    remedy: { en: 'Company or product name lost', de: 'Company or product name lost' },
    source: 'practice',
  },
  {
    id: 'copy-residue',
    level: 'warning',
    group: 'residue',
    title: { en: 'Copy, page or layout residue', de: 'Copy, page or layout residue' },
    why: { en: 'Copy, page or layout residue', de: 'Copy, page or layout residue' },
    remedy: { en: 'Copy, page or layout residue', de: 'Copy, page or layout residue' },
    source: 'practice',
  },
  {
    id: 'template-instruction',
    level: 'error',
    group: 'residue',
    title: { en: 'Instruction text of the template left in', de: 'Instruction text of the template left in' },
    why: { en: 'Instruction text of the template left in', de: 'Instruction text of the template left in' },
    remedy: { en: 'Instruction text of the template left in', de: 'Instruction text of the template left in' },
    source: 'practice',
  },
  {
    id: 'legal-advice-disclaimer',
    level: 'warning',
    group: 'residue',
    title: {
      en: '"Template, no legal advice" left in a live document',
      de: '"Template, no legal advice" left in a live document',
    },
    why: {
      en: '"Template, no legal advice" left in a live document',
      de: '"Template, no legal advice" left in a live document',
    },
    remedy: {
      en: '"Template, no legal advice" left in a live document',
      de: '"Template, no legal advice" left in a live document',
    },
    source: 'practice',
  },
  {
    id: 'dangling-reference',
    level: 'error',
    group: 'residue',
    title: { en: 'Reference to a document that is not there', de: 'Reference to a document that is not there' },
    why: { en: 'Reference to a document that is not there', de: 'Reference to a document that is not there' },
    remedy: { en: 'Reference to a document that is not there', de: 'Reference to a document that is not there' },
    source: 'practice',
  },
  {
    id: 'mistranslation',
    level: 'warning',
    group: 'residue',
    title: { en: 'Mistranslated or mixed control names', de: 'Mistranslated or mixed control names' },
    why: { en: 'Mistranslated or mixed control names', de: 'Mistranslated or mixed control names' },
    remedy: { en: 'Mistranslated or mixed control names', de: 'Mistranslated or mixed control names' },
    source: 'practice',
  },
  {
    id: 'legal-reference',
    level: 'warning',
    group: 'residue',
    title: {
      en: 'Outdated or broken legal or standard reference',
      de: 'Outdated or broken legal or standard reference',
    },
    why: { en: 'Outdated or broken legal or standard reference', de: 'Outdated or broken legal or standard reference' },
    remedy: {
      en: 'Outdated or broken legal or standard reference',
      de: 'Outdated or broken legal or standard reference',
    },
    source: 'practice',
  },
  {
    id: 'goal-not-measure',
    level: 'warning',
    group: 'wording',
    title: { en: 'Goal or law repeated instead of a measure', de: 'Goal or law repeated instead of a measure' },
    why: { en: 'Goal or law repeated instead of a measure', de: 'Goal or law repeated instead of a measure' },
    remedy: { en: 'Goal or law repeated instead of a measure', de: 'Goal or law repeated instead of a measure' },
    source: 'practice',
  },
  {
    id: 'vague-weakener',
    level: 'warning',
    group: 'wording',
    title: { en: 'Weakening words', de: 'Weakening words' },
    why: { en: 'Weakening words', de: 'Weakening words' },
    remedy: { en: 'Weakening words', de: 'Weakening words' },
    source: 'practice',
  },
  {
    id: 'cadence-missing',
    level: 'warning',
    group: 'wording',
    title: { en: '"Regularly" without a rhythm', de: '"Regularly" without a rhythm' },
    why: { en: '"Regularly" without a rhythm', de: '"Regularly" without a rhythm' },
    remedy: { en: '"Regularly" without a rhythm', de: '"Regularly" without a rhythm' },
    source: 'practice',
  },
  {
    id: 'planned',
    level: 'error',
    group: 'wording',
    title: { en: 'Planned, in progress or conditional', de: 'Planned, in progress or conditional' },
    why: { en: 'Planned, in progress or conditional', de: 'Planned, in progress or conditional' },
    remedy: { en: 'Planned, in progress or conditional', de: 'Planned, in progress or conditional' },
    source: 'practice',
  },
  {
    id: 'declared-gap',
    level: 'warning',
    group: 'wording',
    title: { en: 'Stated as missing or not ticked', de: 'Stated as missing or not ticked' },
    why: { en: 'Stated as missing or not ticked', de: 'Stated as missing or not ticked' },
    remedy: { en: 'Stated as missing or not ticked', de: 'Stated as missing or not ticked' },
    source: 'practice',
  },
  {
    id: 'absolute-claim',
    level: 'warning',
    group: 'wording',
    title: { en: 'Absolute claim', de: 'Absolute claim' },
    why: { en: 'Absolute claim', de: 'Absolute claim' },
    remedy: { en: 'Absolute claim', de: 'Absolute claim' },
    source: 'practice',
  },
  {
    id: 'example-list',
    level: 'warning',
    group: 'wording',
    title: { en: 'Examples instead of facts', de: 'Examples instead of facts' },
    why: { en: 'Examples instead of facts', de: 'Examples instead of facts' },
    remedy: { en: 'Examples instead of facts', de: 'Examples instead of facts' },
    source: 'practice',
  },
  {
    id: 'contradiction',
    level: 'error',
    group: 'wording',
    title: { en: 'Two statements contradict each other', de: 'Two statements contradict each other' },
    why: { en: 'Two statements contradict each other', de: 'Two statements contradict each other' },
    remedy: { en: 'Two statements contradict each other', de: 'Two statements contradict each other' },
    source: 'practice',
  },
  {
    id: 'change-clause-one-sided',
    level: 'warning',
    group: 'wording',
    title: {
      en: 'Measures may be changed without notice or approval',
      de: 'Measures may be changed without notice or approval',
    },
    why: {
      en: 'Measures may be changed without notice or approval',
      de: 'Measures may be changed without notice or approval',
    },
    remedy: {
      en: 'Measures may be changed without notice or approval',
      de: 'Measures may be changed without notice or approval',
    },
    source: 'practice',
  },
  {
    id: 'only-on-request',
    level: 'warning',
    group: 'wording',
    title: { en: 'Details only on request or only by reference', de: 'Details only on request or only by reference' },
    why: { en: 'Details only on request or only by reference', de: 'Details only on request or only by reference' },
    remedy: { en: 'Details only on request or only by reference', de: 'Details only on request or only by reference' },
    source: 'practice',
  },
  {
    id: 'protocol-outdated',
    level: 'warning',
    group: 'substance',
    title: { en: 'Outdated protocol or algorithm named', de: 'Outdated protocol or algorithm named' },
    why: { en: 'Outdated protocol or algorithm named', de: 'Outdated protocol or algorithm named' },
    remedy: { en: 'Outdated protocol or algorithm named', de: 'Outdated protocol or algorithm named' },
    source: 'practice',
  },
  {
    id: 'crypto-unspecific',
    level: 'info',
    group: 'substance',
    title: { en: 'Encryption without version, algorithm or key', de: 'Encryption without version, algorithm or key' },
    why: { en: 'Encryption without version, algorithm or key', de: 'Encryption without version, algorithm or key' },
    remedy: { en: 'Encryption without version, algorithm or key', de: 'Encryption without version, algorithm or key' },
    source: 'practice',
  },
  {
    id: 'crypto-misnamed',
    level: 'warning',
    group: 'substance',
    title: { en: 'Cryptographic terms used wrongly', de: 'Cryptographic terms used wrongly' },
    why: { en: 'Cryptographic terms used wrongly', de: 'Cryptographic terms used wrongly' },
    remedy: { en: 'Cryptographic terms used wrongly', de: 'Cryptographic terms used wrongly' },
    source: 'practice',
  },
  {
    id: 'password-rule-outdated',
    level: 'warning',
    group: 'substance',
    title: { en: 'Outdated or weak password rule', de: 'Outdated or weak password rule' },
    why: { en: 'Outdated or weak password rule', de: 'Outdated or weak password rule' },
    remedy: { en: 'Outdated or weak password rule', de: 'Outdated or weak password rule' },
    source: 'practice',
  },
  {
    id: 'admin-mfa-missing',
    level: 'error',
    group: 'substance',
    title: { en: 'No second factor for administration', de: 'No second factor for administration' },
    why: { en: 'No second factor for administration', de: 'No second factor for administration' },
    remedy: { en: 'No second factor for administration', de: 'No second factor for administration' },
    source: 'practice',
  },
  {
    id: 'delegated-without-proof',
    level: 'warning',
    group: 'substance',
    title: {
      en: '"The hoster does it" without certificate, scope and date',
      de: '"The hoster does it" without certificate, scope and date',
    },
    why: {
      en: '"The hoster does it" without certificate, scope and date',
      de: '"The hoster does it" without certificate, scope and date',
    },
    remedy: {
      en: '"The hoster does it" without certificate, scope and date',
      de: '"The hoster does it" without certificate, scope and date',
    },
    source: 'practice',
  },
  {
    id: 'controller-notice-72h',
    level: 'warning',
    group: 'substance',
    title: { en: '72 hours promised to the customer', de: '72 hours promised to the customer' },
    why: { en: '72 hours promised to the customer', de: '72 hours promised to the customer' },
    remedy: { en: '72 hours promised to the customer', de: '72 hours promised to the customer' },
    source: 'practice',
  },
  {
    id: 'art32-1a-missing',
    level: 'error',
    group: 'completeness',
    title: {
      en: 'Nothing on pseudonymisation, or nothing on encryption (Art. 32(1)(a))',
      de: 'Nothing on pseudonymisation, or nothing on encryption (Art. 32(1)(a))',
    },
    why: {
      en: 'Nothing on pseudonymisation, or nothing on encryption (Art. 32(1)(a))',
      de: 'Nothing on pseudonymisation, or nothing on encryption (Art. 32(1)(a))',
    },
    remedy: {
      en: 'Nothing on pseudonymisation, or nothing on encryption (Art. 32(1)(a))',
      de: 'Nothing on pseudonymisation, or nothing on encryption (Art. 32(1)(a))',
    },
    source: 'practice',
  },
  {
    id: 'art32-1b-resilience-missing',
    level: 'warning',
    group: 'completeness',
    title: {
      en: 'Confidentiality only: nothing on resilience or availability (Art. 32(1)(b))',
      de: 'Confidentiality only: nothing on resilience or availability (Art. 32(1)(b))',
    },
    why: {
      en: 'Confidentiality only: nothing on resilience or availability (Art. 32(1)(b))',
      de: 'Confidentiality only: nothing on resilience or availability (Art. 32(1)(b))',
    },
    remedy: {
      en: 'Confidentiality only: nothing on resilience or availability (Art. 32(1)(b))',
      de: 'Confidentiality only: nothing on resilience or availability (Art. 32(1)(b))',
    },
    source: 'practice',
  },
  {
    id: 'art32-1c-missing',
    level: 'error',
    group: 'completeness',
    title: { en: 'Nothing on restoring (Art. 32(1)(c))', de: 'Nothing on restoring (Art. 32(1)(c))' },
    why: { en: 'Nothing on restoring (Art. 32(1)(c))', de: 'Nothing on restoring (Art. 32(1)(c))' },
    remedy: { en: 'Nothing on restoring (Art. 32(1)(c))', de: 'Nothing on restoring (Art. 32(1)(c))' },
    source: 'practice',
  },
  {
    id: 'art32-1d-missing',
    level: 'error',
    group: 'completeness',
    title: {
      en: 'Nothing on regular testing and evaluation (Art. 32(1)(d))',
      de: 'Nothing on regular testing and evaluation (Art. 32(1)(d))',
    },
    why: {
      en: 'Nothing on regular testing and evaluation (Art. 32(1)(d))',
      de: 'Nothing on regular testing and evaluation (Art. 32(1)(d))',
    },
    remedy: {
      en: 'Nothing on regular testing and evaluation (Art. 32(1)(d))',
      de: 'Nothing on regular testing and evaluation (Art. 32(1)(d))',
    },
    source: 'practice',
  },
  {
    id: 'subprocessors-missing',
    level: 'error',
    group: 'completeness',
    title: { en: 'No list of sub-processors', de: 'No list of sub-processors' },
    why: { en: 'No list of sub-processors', de: 'No list of sub-processors' },
    remedy: { en: 'No list of sub-processors', de: 'No list of sub-processors' },
    source: 'practice',
  },
  {
    id: 'deletion-missing',
    level: 'warning',
    group: 'completeness',
    title: { en: 'No retention or deletion rule', de: 'No retention or deletion rule' },
    why: { en: 'No retention or deletion rule', de: 'No retention or deletion rule' },
    remedy: { en: 'No retention or deletion rule', de: 'No retention or deletion rule' },
    source: 'practice',
  },
  {
    id: 'people-missing',
    level: 'warning',
    group: 'completeness',
    title: { en: 'No confidentiality commitment or no training', de: 'No confidentiality commitment or no training' },
    why: { en: 'No confidentiality commitment or no training', de: 'No confidentiality commitment or no training' },
    remedy: { en: 'No confidentiality commitment or no training', de: 'No confidentiality commitment or no training' },
    source: 'practice',
  },
  {
    id: 'risk-missing',
    level: 'info',
    group: 'completeness',
    title: { en: 'No word on risk or protection need', de: 'No word on risk or protection need' },
    why: { en: 'No word on risk or protection need', de: 'No word on risk or protection need' },
    remedy: { en: 'No word on risk or protection need', de: 'No word on risk or protection need' },
    source: 'practice',
  },
  {
    id: 'scope-missing',
    level: 'info',
    group: 'completeness',
    title: {
      en: 'Not said to which product, systems or places it applies',
      de: 'Not said to which product, systems or places it applies',
    },
    why: {
      en: 'Not said to which product, systems or places it applies',
      de: 'Not said to which product, systems or places it applies',
    },
    remedy: {
      en: 'Not said to which product, systems or places it applies',
      de: 'Not said to which product, systems or places it applies',
    },
    source: 'practice',
  },
]
