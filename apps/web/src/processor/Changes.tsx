import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Objections } from './Objections.tsx'
import { stale } from './processor-view.ts'
import type { ProcessorChange, ProcessorView } from './processor-view.ts'

/** Announced changes, who was told of each, and what was objected. */
export function Changes({ processors }: { processors: readonly ProcessorView[] }) {
  const { t } = useTranslation()
  const read = useRead('processor.changes', {})
  const maySign = useMay('edition:sign')
  const [announcing, setAnnouncing] = useState(false)
  return (
    <section className="section">
      <h2>{t('processor.changes')}</h2>
      <p>{t('processor.changesLead')}</p>
      {maySign ? (
        <Button className="processor-button" onClick={() => setAnnouncing(true)}>
          {t('processor.announce')}
        </Button>
      ) : null}
      <Loaded read={read}>
        {({ changes }) =>
          changes.length === 0 ? (
            <p>{t('processor.noChanges')}</p>
          ) : (
            <ul className="rows processor-button">
              {changes.map((one) => (
                <Row key={one.changeId} change={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <Dialog title={t('processor.announce')} opened={announcing} onClose={() => setAnnouncing(false)}>
        {announcing ? <Announce processors={processors} onDone={() => setAnnouncing(false)} /> : null}
      </Dialog>
    </section>
  )
}

function Row({ change }: { change: ProcessorChange }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const maySign = useMay('edition:sign')
  const withdrawing = useChange('processor.withdraw_change', { stale })
  const [reason, setReason] = useState('')
  const { changeId, kind, name, replaces, state, announcedAt, holdsFrom, deliveries } = change
  const taken = deliveries.filter(({ outcome }) => outcome === 'taken').length
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title">{t(`processor.change.${kind}`, { name, replaces: replaces ?? '' })}</h3>
        <p>
          {t(`processor.changeState.${state}`, {
            announced: moment(announcedAt, language),
            day: day(holdsFrom, language),
          })}
        </p>
        <p className="note">{change.reason}</p>
        {change.settledReason === '' ? null : <p className="note">{change.settledReason}</p>}
        <details>
          <summary>{t('processor.told', { count: taken })}</summary>
          {deliveries.length === 0 ? (
            <p className="note quiet">{t('processor.toldNobody')}</p>
          ) : (
            <ul className="sentences">
              {deliveries.map((one) => (
                <li key={one.subscriberId}>
                  {t(`processor.delivery.${one.outcome}`, {
                    at: moment(one.at, language),
                    day: day(one.objectUntil, language),
                  })}{' '}
                  <code>{one.mailId}</code>
                </li>
              ))}
            </ul>
          )}
        </details>
        <Objections change={change} />
        {state === 'announced' && maySign ? (
          <details>
            <summary>{t('processor.withdraw')}</summary>
            <form
              className="form"
              onSubmit={(event) => {
                event.preventDefault()
                withdrawing.mutate({ changeId, reason })
              }}
            >
              <Textarea
                required
                withAsterisk={false}
                minLength={3}
                maxLength={1_000}
                label={t('processor.reason')}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Button type="submit" loading={withdrawing.isPending}>
                {t('processor.withdraw')}
              </Button>
            </form>
          </details>
        ) : null}
      </div>
    </li>
  )
}

const kinds = ['add', 'replace', 'remove'] as const

function Announce({ processors, onDone }: { processors: readonly ProcessorView[]; onDone: () => void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<(typeof kinds)[number]>('add')
  const [processorId, setProcessor] = useState('')
  const [replacesId, setReplaces] = useState('')
  const [reason, setReason] = useState('')
  const [holdsFrom, setHoldsFrom] = useState('')
  const announcing = useChange('processor.announce', { stale, quiet: true, onDone })
  const choice = (state: ProcessorView['state']) => [
    { value: '', label: t('processor.choose') },
    ...processors.filter((one) => one.state === state).map((one) => ({ value: one.processorId, label: one.name })),
  ]
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        announcing.mutate({
          kind,
          processorId,
          reason,
          ...(kind === 'replace' ? { replacesId } : {}),
          ...(holdsFrom === '' ? {} : { holdsFrom }),
        })
      }}
    >
      <NativeSelect
        label={t('processor.whatChanges')}
        value={kind}
        onChange={(event) => {
          setKind(kinds.find((one) => one === event.currentTarget.value) ?? 'add')
          setProcessor('')
        }}
        data={kinds.map((one) => ({ value: one, label: t(`processor.kind.${one}`) }))}
      />
      <NativeSelect
        required
        label={t('processor.which')}
        description={kind === 'remove' ? undefined : t('processor.whichHint')}
        value={processorId}
        onChange={(event) => setProcessor(event.currentTarget.value)}
        data={choice(kind === 'remove' ? 'active' : 'planned')}
      />
      {kind === 'replace' ? (
        <NativeSelect
          required
          label={t('processor.insteadOf')}
          value={replacesId}
          onChange={(event) => setReplaces(event.currentTarget.value)}
          data={choice('active')}
        />
      ) : null}
      <Textarea
        required
        withAsterisk={false}
        minLength={3}
        maxLength={1_000}
        label={t('processor.reason')}
        description={t('processor.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('processor.holdsFrom')}
        description={t('processor.holdsFromHint')}
        value={holdsFrom}
        onChange={(event) => setHoldsFrom(event.currentTarget.value)}
      />
      {announcing.error ? (
        <p role="alert" className="bad">
          {sentenceOf(announcing.error, t)}
        </p>
      ) : null}
      <Button type="submit" variant="filled" loading={announcing.isPending}>
        {t('processor.announce')}
      </Button>
    </form>
  )
}
