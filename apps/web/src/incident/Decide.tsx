import { Button, Checkbox, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'
import { useChange } from '../api/use-api.ts'
import { stale } from './incident-view.ts'
import type { CaseView } from './incident-view.ts'

const kinds = ['confidentiality', 'integrity', 'availability'] as const
const risks = ['none', 'risk', 'high'] as const
const decisions = ['tell', 'not-high', 'unintelligible', 'no-longer-likely', 'disproportionate'] as const

/** Whether it is a breach of personal data, with the reasons. */
export function DecideBreach({ incident, onDone }: { incident: CaseView; onDone: () => void }) {
  const { t } = useTranslation()
  const [breach, setBreach] = useState(incident.breach ?? true)
  const [of, setOf] = useState<readonly (typeof kinds)[number][]>(incident.breachKinds)
  const deciding = useChange('incident.decide_breach', { stale, quiet: true, onDone })
  return (
    <Deciding
      lead={t('incident.breachLead')}
      reason={incident.breachReason}
      error={deciding.error}
      isPending={deciding.isPending}
      onReason={(reason) =>
        deciding.mutate({ incidentId: incident.incidentId, breach, kinds: breach ? [...of] : [], reason })
      }
    >
      <NativeSelect
        label={t('incident.breachLabel')}
        value={breach ? 'yes' : 'no'}
        onChange={(event) => setBreach(event.currentTarget.value === 'yes')}
        data={[
          { value: 'yes', label: t('incident.isBreach') },
          { value: 'no', label: t('incident.isNoBreach') },
        ]}
      />
      {breach
        ? kinds.map((kind) => (
            <Checkbox
              key={kind}
              label={t(`incident.kind.${kind}`)}
              checked={of.includes(kind)}
              onChange={(event) =>
                setOf(event.currentTarget.checked ? [...of, kind] : of.filter((one) => one !== kind))
              }
            />
          ))
        : null}
    </Deciding>
  )
}

/** How great the risk for people is. */
export function AssessRisk({ incident, onDone }: { incident: CaseView; onDone: () => void }) {
  const { t } = useTranslation()
  const [risk, setRisk] = useState(incident.risk ?? 'risk')
  const deciding = useChange('incident.assess_risk', { stale, quiet: true, onDone })
  return (
    <Deciding
      lead={t('incident.riskLead')}
      reason={incident.riskReason}
      error={deciding.error}
      isPending={deciding.isPending}
      onReason={(reason) => deciding.mutate({ incidentId: incident.incidentId, risk, reason })}
    >
      <NativeSelect
        label={t('incident.riskLabel')}
        value={risk}
        onChange={(event) => setRisk(risks.find((one) => one === event.currentTarget.value) ?? 'risk')}
        data={risks.map((value) => ({ value, label: t(`incident.risk.${value}`) }))}
      />
    </Deciding>
  )
}

/** Whether the people are told, or which exception applies. */
export function DecidePeople({ incident, onDone }: { incident: CaseView; onDone: () => void }) {
  const { t } = useTranslation()
  const [decision, setDecision] = useState(incident.people ?? (incident.risk === 'high' ? 'tell' : 'not-high'))
  const deciding = useChange('incident.decide_people', { stale, quiet: true, onDone })
  return (
    <Deciding
      lead={t('incident.peopleLead')}
      reason={incident.peopleReason}
      error={deciding.error}
      isPending={deciding.isPending}
      onReason={(reason) => deciding.mutate({ incidentId: incident.incidentId, decision, reason })}
    >
      <NativeSelect
        label={t('incident.peopleLabel')}
        value={decision}
        onChange={(event) => setDecision(decisions.find((one) => one === event.currentTarget.value) ?? 'tell')}
        data={decisions.map((value) => ({ value, label: t(`incident.people.${value}`) }))}
      />
    </Deciding>
  )
}

/** A decision with its reasons: both stay on record. */
function Deciding({
  lead,
  reason: before,
  error,
  isPending,
  onReason,
  children,
}: {
  lead: string
  reason: string
  error: Error | null
  isPending: boolean
  onReason: (reason: string) => void
  children: ReactNode
}) {
  const { t } = useTranslation()
  const [reason, setReason] = useState(before)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        onReason(reason)
      }}
    >
      <p className="quiet">{lead}</p>
      {children}
      <Textarea
        required
        autosize
        minRows={3}
        minLength={3}
        maxLength={4_000}
        label={t('incident.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {error ? (
        <p role="alert" className="bad">
          {sentenceOf(error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={isPending}>
          {t('incident.decide')}
        </Button>
      </div>
    </form>
  )
}
