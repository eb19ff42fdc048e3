import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { assurances, assuranceSigns } from '@art32/press'
import type { Language } from '@art32/press'
import { useMay } from '../account/session.ts'
import type { AuditView, Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useTenant } from '../api/use-api.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

type Item = Output<'audit.show'>['items'][number]

/** What changes with an audit. */
export const stale = ['audit.show', 'audit.list', 'register.show'] as const

const severities = ['major', 'minor', 'observation'] as const

/** What is looked at: each with why, and what whoever looks says of it. */
export function Items({ audit, items }: { audit: AuditView; items: readonly Item[] }) {
  const { t } = useTranslation()
  if (items.length === 0) return <p>{t('audit.noItems')}</p>
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={item.itemId} className="row">
          <ItemRow audit={audit} item={item} />
        </li>
      ))}
    </ul>
  )
}

function ItemRow({ audit, item }: { audit: AuditView; item: Item }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('register:write')
  const { position, title, detail, verdict, note } = item
  const before = detail['before']
  return (
    <div className="row-main">
      <p>
        {position}. {title === '' ? t('audit.stated', { stated: detail['stated'], lines: detail['lines'] }) : title}
      </p>
      {typeof before === 'string' ? <p className="note quiet">{t('audit.textBefore', { before })}</p> : null}
      <p className="note">
        <span className="quiet">{reasonsOf(item, t, language)}</span> <Way item={item} />
      </p>
      {verdict === null ? null : (
        <p>
          <strong className={verdict === 'fine' ? 'good' : 'bad'}>{t(`audit.verdict.${verdict}`)}</strong>
          {item.severity === null ? null : ` · ${t(`audit.severity.${item.severity}`)}`}
          {item.owner === '' ? null : ` · ${item.owner}`}
          {item.due === null ? null : ` · ${t('audit.by', { day: day(item.due, language) })}`}
          {note === '' ? null : ` · ${note}`}
        </p>
      )}
      {item.doneAt === null ? null : (
        <p>{t('audit.doneOn', { day: day(item.doneAt, language), what: item.doneNote ?? '' })}</p>
      )}
      {audit.state === 'open' && mayWrite ? <Decide item={item} /> : null}
      {audit.state === 'signed' && mayWrite && verdict === 'finding' && item.doneAt === null ? (
        <Done itemId={item.itemId} />
      ) : null}
    </div>
  )
}

function reasonsOf({ reasons, detail }: Item, t: TFunction, language: Language): string {
  const assurance = assurances.find((one) => one === detail['assurance'])
  return [
    ...reasons.map((reason) => t(`audit.why.${reason}`)),
    ...(assurance === undefined ? [] : [assuranceSigns[assurance].word[language]]),
    ...(typeof detail['until'] === 'string' ? [t('audit.by', { day: day(detail['until'], language) })] : []),
    ...(detail['of'] === undefined ? [] : [t('proof.performed', { onTime: detail['onTime'], of: detail['of'] })]),
  ].join(' · ')
}

/** To where the thing itself stands. */
function Way({ item: { about } }: { item: Item }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  if (about.kind === 'risk')
    return (
      <Link to="/t/$slug/risk/$riskId" params={{ slug, riskId: about.id }}>
        {t('audit.look')}
      </Link>
    )
  if (about.kind === 'finding' || about.kind === 'exception')
    return (
      <Link to="/t/$slug/findings" params={{ slug }} search={{}}>
        {t('audit.look')}
      </Link>
    )
  if (about.kind === 'duty')
    return (
      <Link to="/t/$slug/duties" params={{ slug }} search={{}}>
        {t('audit.look')}
      </Link>
    )
  if (about.kind === 'own') return null
  return (
    <Link to="/t/$slug" params={{ slug }} search={{}}>
      {t('audit.look')}
    </Link>
  )
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

function Decide({ item }: { item: Item }) {
  const { t } = useTranslation()
  const [isFinding, setFinding] = useState(false)
  const [severity, setSeverity] = useState<(typeof severities)[number]>('minor')
  const [note, setNote] = useState(item.note)
  const [owner, setOwner] = useState(item.owner)
  const [due, setDue] = useState(item.due ?? inDays(60))
  const deciding = useChange('audit.decide', { stale, quiet: true, onDone: () => setFinding(false) })
  const { itemId } = item
  const name = item.title === '' ? t('audit.why.only-stated') : item.title
  if (!isFinding)
    return (
      <div className="actions">
        <Button
          size="compact-sm"
          variant="default"
          loading={deciding.isPending}
          aria-label={t('audit.fineOf', { name })}
          onClick={() => deciding.mutate({ itemId, verdict: 'fine', note })}
        >
          {t('audit.verdict.fine')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('audit.findingOf', { name })}
          onClick={() => setFinding(true)}
        >
          {t('audit.verdict.finding')}
        </Button>
      </div>
    )
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        deciding.mutate({ itemId, verdict: 'finding', note, severity, owner, due })
      }}
    >
      <Textarea
        label={t('audit.found')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        required
        withAsterisk={false}
        minLength={3}
        maxLength={2_000}
        autosize
      />
      <NativeSelect
        label={t('audit.howBad')}
        value={severity}
        onChange={(event) => setSeverity(severities.find((one) => one === event.currentTarget.value) ?? 'minor')}
        data={severities.map((one) => ({ value: one, label: t(`audit.severity.${one}`) }))}
      />
      <TextInput
        label={t('audit.owner')}
        value={owner}
        onChange={(event) => setOwner(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={100}
      />
      <TextInput
        type="date"
        label={t('audit.due')}
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
        error={deciding.error ? sentenceOf(deciding.error, t) : undefined}
        required
        withAsterisk={false}
      />
      <div className="actions">
        <Button type="submit" loading={deciding.isPending}>
          {t('audit.saveFinding')}
        </Button>
        <Button variant="default" onClick={() => setFinding(false)}>
          {t('audit.back')}
        </Button>
      </div>
    </form>
  )
}

function Done({ itemId }: { itemId: string }) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const closing = useChange('audit.done', { stale, quiet: true })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        closing.mutate({ itemId, note })
      }}
    >
      <TextInput
        label={t('audit.whatWasDone')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={closing.error ? sentenceOf(closing.error, t) : undefined}
        required
        withAsterisk={false}
        minLength={3}
        maxLength={2_000}
      />
      <Button type="submit" variant="default" loading={closing.isPending}>
        {t('audit.done')}
      </Button>
    </form>
  )
}
