import { LedgerError, verifyClaim, type BundleTrust, type ClaimReport, type LedgerCrypto } from '@art32/ledger'
import { auditClaimedLine } from './edition-audit.ts'
import { Refusal } from './refusal.ts'
import { summary, type Verification } from './verification.ts'

/**
 * Checks a proof file with its entry in it: first the log, then what the line says of its records.
 *
 * @throws {Refusal} no claim at all
 */
export function verifyProofFile(crypto: LedgerCrypto, text: string, from: string, trust: BundleTrust): Verification {
  const report = check(crypto, text, trust)
  const audited = report.holds && report.line !== null ? auditClaimedLine(report, report.line) : null
  const findings = audited?.findings ?? []
  const faults = [...report.steps, ...findings].filter(({ ok }) => !ok).map(({ place, say }) => ({ place, say }))
  const holds = report.holds && faults.length === 0
  const { claimed } = audited ?? { claimed: null }
  return {
    schema: 'art32.verify/1',
    holds,
    from,
    edition: audited?.edition ? summary(audited.edition) : null,
    log: { origin: report.origin, size: report.size, keyFrom: report.keyFrom },
    policyFrom: trust.policy === undefined ? 'bundle' : 'caller',
    witnessed: holds ? report.witnessed : null,
    rotations: [],
    compromised: false,
    gaps: [],
    proven: holds
      ? [
          ...(claimed === null
            ? []
            : [
                `Line ${claimed.id} of the edition reads: “${claimed.text}” It is ${claimed.assurance}.`,
                `Its ${report.records.length} records are unchanged, and the line says no more than they do.`,
              ]),
          ...report.proven,
        ]
      : [],
    notProven: [
      ...report.notProven,
      ...((trust.held ?? []).length === 0
        ? []
        : ['That the log continues what you kept: a single entry cannot show it. Verify the bundle for that.']),
      ...(audited?.edition?.state === 'draft'
        ? ['That anybody stands behind it: it is a draft, not reviewed by a signatory.']
        : []),
    ],
    faults,
    steps: report.steps,
    lines: findings,
  }
}

function check(crypto: LedgerCrypto, text: string, trust: BundleTrust): ClaimReport {
  try {
    return verifyClaim(crypto, text, trust)
  } catch (error) {
    if (error instanceof LedgerError)
      throw new Refusal(`The proof cannot be read: ${error.message}`, 2, { cause: error })
    throw error
  }
}
