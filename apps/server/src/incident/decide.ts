import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import { incidentErrors } from './errors.ts'
import { actsAs, breachKinds, nextSteps, peopleDecisions, risks } from './incident.ts'
import { look, wakeLater } from './look.ts'
import { factsOf } from './papers.ts'
import * as store from './store.ts'

const Id = { incidentId: z.uuid() }
const reason = z.string().trim().min(3).max(4_000)

/** What somebody who may sign decides in a case, each with its reasons. */
export function decideOperations() {
  return [
    tenantOperation({
      id: 'incident.decide_breach',
      summary: 'Decides whether it is a breach of personal data (Art. 4(12) GDPR), with the reasons',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ ...Id, breach: z.boolean(), kinds: z.array(z.enum(breachKinds)).max(3).default([]), reason }),
      output: z.object({}),
      refuses: [incidentErrors.not_found, incidentErrors.closed, incidentErrors.not_triaged],
      async run({ incidentId, breach, kinds, reason: why }, tx) {
        const row = await store.getOpen(tx, incidentId)
        if (row.state === 'reported') throw incidentErrors.not_triaged()
        await store.changeIncident(tx, incidentId, {
          breach,
          breach_kinds: breach ? [...new Set(kinds)] : [],
          breach_reason: why,
          breach_at: tx.now,
        })
        await store.addEntry(tx, { incidentId, kind: breach ? 'breach' : 'no-breach', text: why })
        await tx.append({
          type: 'breach.decided',
          about: { kind: 'incident', id: incidentId },
          code: breach ? 'breach' : 'no-breach',
          content: { before: { breach: row.breach }, after: { breach, kinds }, reason: { reason: why } },
        })
        await wakeLater(tx, incidentId)
        return {}
      },
    }),
    tenantOperation({
      id: 'incident.assess_risk',
      summary: 'Decides how great the risk for people is, and so whether the authority is told (Art. 33(1) GDPR)',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ ...Id, risk: z.enum(risks), reason }),
      output: z.object({}),
      refuses: [
        incidentErrors.not_found,
        incidentErrors.closed,
        incidentErrors.not_a_breach,
        incidentErrors.not_your_role,
      ],
      async run({ incidentId, risk, reason: why }, tx) {
        const row = await store.getOpen(tx, incidentId)
        if (row.breach !== true) throw incidentErrors.not_a_breach()
        if (!actsAs(row, 'controller')) throw incidentErrors.not_your_role()
        await store.changeIncident(tx, incidentId, { risk, risk_reason: why, risk_at: tx.now })
        await store.addEntry(tx, { incidentId, kind: 'assessed', text: why })
        await tx.append({
          type: 'breach.decided',
          about: { kind: 'incident', id: incidentId },
          code: `risk-${risk}`,
          content: { before: { risk: row.risk }, after: { risk }, reason: { reason: why } },
        })
        await wakeLater(tx, incidentId)
        return {}
      },
    }),
    tenantOperation({
      id: 'incident.decide_people',
      summary: 'Decides whether the people are told, or which exception applies (Art. 34 GDPR)',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ ...Id, decision: z.enum(peopleDecisions), reason }),
      output: z.object({}),
      refuses: [
        incidentErrors.not_found,
        incidentErrors.closed,
        incidentErrors.not_a_breach,
        incidentErrors.not_your_role,
        incidentErrors.people_need_high,
      ],
      async run({ incidentId, decision, reason: why }, tx) {
        const row = await store.getOpen(tx, incidentId)
        if (row.breach !== true) throw incidentErrors.not_a_breach()
        if (!actsAs(row, 'controller')) throw incidentErrors.not_your_role()
        if (decision === 'not-high' && row.risk === 'high') throw incidentErrors.people_need_high()
        await store.changeIncident(tx, incidentId, { people: decision, people_reason: why, people_at: tx.now })
        await store.addEntry(tx, { incidentId, kind: 'people-decided', text: why })
        await tx.append({
          type: 'breach.decided',
          about: { kind: 'incident', id: incidentId },
          code: `people-${decision}`,
          content: { before: { people: row.people }, after: { people: decision }, reason: { reason: why } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'incident.close',
      summary: 'Closes an incident with what was learnt; refused while something is still to be done',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ ...Id, review: z.string().trim().min(10).max(20_000) }),
      output: z.object({}),
      refuses: [incidentErrors.not_found, incidentErrors.closed, incidentErrors.still_open],
      async run({ incidentId, review }, tx) {
        const row = await store.getOpen(tx, incidentId)
        const looked = await look(tx)
        const facts = factsOf(row, looked.contact)
        const open = nextSteps(
          { ...row, facts, review },
          looked.clocks(row),
          looked.told(row),
          looked.affected(row).length,
        )
        const left = open.filter((step) => step !== 'close')
        if (left.length > 0) throw incidentErrors.still_open({ steps: left.join(', ') })
        await store.changeIncident(tx, incidentId, { review, state: 'closed', closed_at: tx.now })
        await store.addEntry(tx, { incidentId, kind: 'closed' })
        await tx.append({
          type: 'incident.closed',
          about: { kind: 'incident', id: incidentId },
          code: row.source === 'drill' ? 'drill' : row.breach === true ? 'breach' : 'no-breach',
          content: { after: { review } },
        })
        return {}
      },
    }),
  ]
}
