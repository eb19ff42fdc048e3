import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange } from '../api/use-api.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { stale } from './processor-view.ts'
import type { ProcessorChange } from './processor-view.ts'

type Objection = ProcessorChange['objections'][number]

/** What customers objected to a change, and what came of it. */
export function Objections({ change }: { change: ProcessorChange }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const { objections, state } = change
  return (
    <>
      {objections.length === 0 ? null : (
        <ul className="sentences">
          {objections.map((one) => (
            <li key={one.objectionId}>
              <One objection={one} />
            </li>
          ))}
        </ul>
      )}
      {state === 'announced' && mayWrite ? (
        <details>
          <summary>{t('processor.object')}</summary>
          <Add changeId={change.changeId} />
        </details>
      ) : null}
    </>
  )
}

const outcomes = ['rejected', 'remedied', 'upheld', 'withdrawn'] as const

function One({ objection }: { objection: Objection }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const maySign = useMay('edition:sign')
  const deciding = useChange('processor.decide_objection', { stale })
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('rejected')
  const [reason, setReason] = useState('')
  const { objectionId, customer, grounds, receivedOn, objectUntil, isInTime } = objection
  return (
    <>
      <p>
        {t('processor.objected', { customer, day: day(receivedOn, language) })}{' '}
        <span className={isInTime ? 'quiet' : 'bad'}>
          {t(isInTime ? 'processor.inTime' : 'processor.late', { day: day(objectUntil, language) })}
        </span>
      </p>
      {grounds === '' ? null : <p className="note">{grounds}</p>}
      {objection.outcome === null ? (
        maySign ? (
          <details>
            <summary>{t('processor.decide')}</summary>
            <form
              className="form"
              onSubmit={(event) => {
                event.preventDefault()
                deciding.mutate({ objectionId, outcome, reason })
              }}
            >
              <NativeSelect
                label={t('processor.outcomeLabel')}
                description={t('processor.outcomeHint')}
                value={outcome}
                onChange={(event) =>
                  setOutcome(outcomes.find((one) => one === event.currentTarget.value) ?? 'rejected')
                }
                data={outcomes.map((one) => ({ value: one, label: t(`processor.outcome.${one}`) }))}
              />
              <Textarea
                required
                withAsterisk={false}
                minLength={3}
                maxLength={1_000}
                label={t('processor.reason')}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Button type="submit" loading={deciding.isPending}>
                {t('processor.decide')}
              </Button>
            </form>
          </details>
        ) : (
          <p className="note">{t('processor.undecided')}</p>
        )
      ) : (
        <p className="note">
          {t(`processor.outcome.${objection.outcome}`)}: {objection.outcomeReason}
        </p>
      )}
    </>
  )
}

function Add({ changeId }: { changeId: string }) {
  const { t } = useTranslation()
  const adding = useChange('processor.object', { stale })
  const [customer, setCustomer] = useState('')
  const [grounds, setGrounds] = useState('')
  const [receivedOn, setReceived] = useState(() => new Date().toISOString().slice(0, 10))
  const [objectUntil, setUntil] = useState('')
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ changeId, customer, grounds, receivedOn, ...(objectUntil === '' ? {} : { objectUntil }) })
      }}
    >
      <TextInput
        required
        withAsterisk={false}
        maxLength={200}
        label={t('processor.customer')}
        value={customer}
        onChange={(event) => setCustomer(event.currentTarget.value)}
      />
      <Textarea
        maxLength={4_000}
        label={t('processor.grounds')}
        value={grounds}
        onChange={(event) => setGrounds(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        required
        withAsterisk={false}
        label={t('processor.receivedOn')}
        value={receivedOn}
        onChange={(event) => setReceived(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('processor.objectUntil')}
        description={t('processor.objectUntilHint')}
        value={objectUntil}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Button type="submit" loading={adding.isPending}>
        {t('processor.object')}
      </Button>
    </form>
  )
}
