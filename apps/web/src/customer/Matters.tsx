import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useRead, useTenant } from '../api/use-api.ts'
import { Files } from '../file/Files.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { StepForm } from './StepForm.tsx'
import { kindNamed } from './words.ts'
import type { Contract, CustomerShown, Kind, Matter, Step } from './words.ts'

const byHand = ['instruction', 'request', 'audit', 'allowance'] as const

/** What happened under an agreement, and what may be written down next. */
export function Matters({ contract, shown }: { contract: Contract; shown: CustomerShown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const kinds = useRead('matter.kinds', {}).data?.kinds ?? []
  const [beginning, setBeginning] = useState<(typeof byHand)[number] | null>(null)
  const own = shown.matters.filter(({ contractId }) => contractId === contract.contractId)
  const wanted = beginning === null ? undefined : kindNamed(kinds, beginning)
  const close = () => setBeginning(null)
  return (
    <>
      <h3>{t('matter.title')}</h3>
      {own.length === 0 ? <p className="quiet">{t('matter.none')}</p> : null}
      <ul className="rows">
        {own.map((matter) => (
          <MatterRow key={matter.matterId} matter={matter} kind={kindNamed(kinds, matter.kind)} today={shown.today} />
        ))}
      </ul>
      {mayWrite ? (
        <p className="actions">
          <span className="quiet">{t('matter.record')}</span>
          {byHand.map((one) => (
            <Button key={one} size="compact-sm" onClick={() => setBeginning(one)}>
              {kindNamed(kinds, one)?.label[language] ?? one}
            </Button>
          ))}
        </p>
      ) : null}
      <Dialog title={wanted?.label[language] ?? ''} opened={wanted !== undefined} onClose={close} side>
        {wanted?.steps[0] && beginning !== null ? (
          <StepForm
            kind={wanted}
            step={wanted.steps[0]}
            begins={{ contractId: contract.contractId, kind: beginning }}
            today={shown.today}
            onDone={close}
          />
        ) : null}
      </Dialog>
    </>
  )
}

function MatterRow({ matter, kind, today }: { matter: Matter; kind: Kind | undefined; today: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const mayWrite = useMay('register:write')
  const [next, setNext] = useState<Step | null>(null)
  const { matterId, state, openedOn, dueOn, closedOn, isOverdue, roomId, steps, files } = matter
  const current = kind?.steps.find(({ id }) => id === state)
  const following = (current?.next ?? []).flatMap((id) => kind?.steps.find((one) => one.id === id) ?? [])
  const parts = [
    current?.label[language] ?? state,
    day(closedOn ?? openedOn, language),
    ...(closedOn === null && dueOn !== null ? [t('customer.dueOn', { day: day(dueOn, language) })] : []),
    ...(isOverdue ? [t('customer.overdue')] : []),
  ]
  return (
    <li className="row">
      <div className="row-main">
        <h4 className="row-title">{kind?.label[language] ?? matter.kind}</h4>
        <p className={isOverdue ? 'bad' : undefined}>{parts.join(' · ')}</p>
        <details>
          <summary>{t('matter.records', { count: steps.length })}</summary>
          {steps.map((step, index) => (
            <Recorded key={`${index}`} step={step} kind={kind} />
          ))}
          <Files files={files} />
        </details>
        {roomId === null ? null : (
          <p>
            <Link to="/t/$slug/room/$roomId" params={{ slug, roomId }}>
              {t('matter.room')}
            </Link>
          </p>
        )}
        {matter.kind === 'return' && closedOn !== null ? (
          <Downloads
            operation="matter.certificate"
            input={{ matterId }}
            formats={['pdf', 'docx']}
            label={t('matter.certificate')}
          />
        ) : null}
        {mayWrite && following.length > 0 ? (
          <p className="actions">
            {following.map((step) => (
              <Button key={step.id} size="compact-sm" onClick={() => setNext(step)}>
                {step.act[language]}
              </Button>
            ))}
          </p>
        ) : null}
      </div>
      <Dialog title={next?.act[language] ?? ''} opened={next !== null} onClose={() => setNext(null)} side>
        {next && kind ? (
          <StepForm
            kind={kind}
            step={next}
            goesOn={{ matterId, openedOn }}
            today={today}
            onDone={() => setNext(null)}
          />
        ) : null}
      </Dialog>
    </li>
  )
}

function Recorded({ step: { state, onDay, said }, kind }: { step: Matter['steps'][number]; kind: Kind | undefined }) {
  const language = useLanguage()
  const step = kind?.steps.find(({ id }) => id === state)
  return (
    <div className="customer-step">
      <p>
        <strong>{step?.label[language] ?? state}</strong> · {day(onDay, language)}
      </p>
      {(step?.asks ?? []).map(({ id, kind: type, label, options }) => {
        const value = said[id] ?? ''
        if (value === '') return null
        const word = options?.find((one) => one.id === value)?.label[language] ?? value
        return (
          <p key={id} className="customer-said">
            <span className="quiet">{label[language]}: </span>
            {type === 'day' ? day(value, language) : word}
          </p>
        )
      })}
    </div>
  )
}
