import { Button, Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { Failure } from './Letter.tsx'
import { daysLeft, kinds, stale, standOf } from './request-view.ts'
import type { RequestLine } from './request-view.ts'

const states = ['answered', 'refused', 'forwarded'] as const

/** Requests of data subjects with their periods, and the register of all. */
export function RequestsPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { state } = useSearch({ from: '/signed-in/t/$slug/requests' })
  const read = useRead('request.list', state === undefined ? {} : { state })
  const mayWrite = useMay('request:write')
  const maySign = useMay('edition:sign')
  const [opened, setOpened] = useState<'record' | 'settings' | null>(null)
  return (
    <Page
      title={t('request.title')}
      lead={t('request.lead')}
      actions={
        <>
          {mayWrite ? (
            <Button variant="filled" onClick={() => setOpened('record')}>
              {t('request.record')}
            </Button>
          ) : null}
          {maySign ? <Button onClick={() => setOpened('settings')}>{t('request.settings')}</Button> : null}
        </>
      }
    >
      <nav className="tabs" aria-label={t('request.title')}>
        <Link
          to="/t/$slug/requests"
          params={{ slug }}
          search={{}}
          activeOptions={{ exact: true, explicitUndefined: true }}
        >
          {t('request.open')}
        </Link>
        {states.map((one) => (
          <Link
            key={one}
            to="/t/$slug/requests"
            params={{ slug }}
            search={{ state: one }}
            activeOptions={{ exact: true }}
          >
            {t(`request.tab.${one}`)}
          </Link>
        ))}
      </nav>
      <Loaded read={read}>
        {({ requests, today, onTime, counted, overdue }) => (
          <>
            {counted === 0 ? null : (
              <p>
                {t('request.figure', { onTime, counted })}
                {overdue === 0 ? null : <strong className="bad"> {t('request.overdue', { count: overdue })}</strong>}
              </p>
            )}
            {requests.length === 0 ? (
              <p>{t(state === undefined ? 'request.none' : 'request.noneClosed')}</p>
            ) : (
              <ul className="rows">
                {requests.map((request) => (
                  <RequestRow key={request.requestId} request={request} today={today} />
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
      <section className="section" aria-labelledby="register">
        <h2 id="register">{t('request.register')}</h2>
        <p className="quiet">{t('request.registerLead')}</p>
        <Downloads
          operation="request.register"
          input={{}}
          formats={['pdf', 'docx', 'csv']}
          label={t('request.register')}
        />
        <p className="quiet">
          {t('request.form')} <a href={`/trust/${slug}/request`}>{`/trust/${slug}/request`}</a>
        </p>
      </section>
      <Dialog title={t('request.record')} opened={opened === 'record'} onClose={() => setOpened(null)} side>
        <RecordForm today={read.data?.today ?? ''} />
      </Dialog>
      <Dialog title={t('request.settings')} opened={opened === 'settings'} onClose={() => setOpened(null)}>
        <Settings onDone={() => setOpened(null)} />
      </Dialog>
    </Page>
  )
}

function RequestRow({ request, today }: { request: RequestLine; today: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const language = useLanguage()
  const { requestId, number, source, receivedOn, state, decidedOn, isInTime } = request
  const parts = [
    t(`request.state.${state}`),
    t(`request.source.${source}`),
    t('request.receivedOn', { day: day(receivedOn, language) }),
    ...(decidedOn === null ? [] : [t('request.decidedOn', { day: day(decidedOn, language) })]),
    ...(isInTime === false ? [t('request.tooLate')] : []),
  ]
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">
          <Link to="/t/$slug/request/$requestId" params={{ slug, requestId }}>
            {number} · {request.kinds.map((kind) => t(`request.kind.${kind}`)).join(', ')}
          </Link>
        </h2>
        <p className="note quiet">{parts.join(' · ')}</p>
        <DueLine request={request} today={today} />
      </div>
    </li>
  )
}

/** By when it is due, in words and not by colour alone. */
export function DueLine({ request, today }: { request: RequestLine; today: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const stand = standOf(request, today)
  if (stand === 'done') return null
  const left = daysLeft(request.dueOn, today)
  const on = day(request.dueOn, language)
  return (
    <p className={stand === 'over' ? 'note bad' : 'note'}>
      {stand === 'over'
        ? t('request.dueOver', { day: on, count: -left })
        : left === 0
          ? t('request.dueToday', { day: on })
          : t('request.dueIn', { day: on, count: left })}
    </p>
  )
}

const ways = ['mail', 'letter', 'phone', 'person'] as const

function RecordForm({ today }: { today: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const language = useLanguage()
  const [asked, setAsked] = useState<string[]>(['access'])
  const [source, setSource] = useState<(typeof ways)[number]>('mail')
  const [given, setGiven] = useState({ name: '', email: '', postal: '', text: '' })
  const [receivedOn, setReceivedOn] = useState(today)
  const [spoken, setSpoken] = useState(language)
  const [made, setMade] = useState<{ url: string; requestId: string; number: number } | null>(null)
  const recording = useChange('request.record', { stale, quiet: true, onDone: setMade })
  const set = (name: keyof typeof given) => (event: { currentTarget: { value: string } }) =>
    setGiven({ ...given, [name]: event.currentTarget.value })
  if (made)
    return (
      <div className="form" role="status">
        <p>{t('request.recorded', { number: made.number })}</p>
        <TextInput readOnly label={t('request.linkLabel')} description={t('request.linkHint')} value={made.url} />
        <p>
          <Link to="/t/$slug/request/$requestId" params={{ slug, requestId: made.requestId }}>
            {t('request.goOn')}
          </Link>
        </p>
      </div>
    )
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        recording.mutate({
          kinds: kinds.filter((kind) => asked.includes(kind)),
          source,
          ...given,
          email: given.email === '' ? null : given.email,
          receivedOn,
          language: spoken,
        })
      }}
    >
      <Kinds value={asked} onChange={setAsked} />
      <Textarea
        required
        autosize
        minRows={4}
        minLength={3}
        maxLength={10_000}
        label={t('request.text')}
        value={given.text}
        onChange={set('text')}
      />
      <NativeSelect
        label={t('request.sourceLabel')}
        value={source}
        onChange={(event) => setSource(ways.find((one) => one === event.currentTarget.value) ?? 'mail')}
        data={ways.map((value) => ({ value, label: t(`request.source.${value}`) }))}
      />
      <TextInput
        required
        type="date"
        label={t('request.receivedLabel')}
        description={t('request.receivedHint')}
        value={receivedOn}
        onChange={(event) => setReceivedOn(event.currentTarget.value)}
      />
      <TextInput maxLength={200} label={t('request.name')} value={given.name} onChange={set('name')} />
      <TextInput type="email" maxLength={254} label={t('request.email')} value={given.email} onChange={set('email')} />
      <Textarea autosize maxLength={500} label={t('request.postal')} value={given.postal} onChange={set('postal')} />
      <NativeSelect
        label={t('request.language')}
        value={spoken}
        onChange={(event) => setSpoken(event.currentTarget.value === 'de' ? 'de' : 'en')}
        data={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
      <Failure error={recording.error} />
      <div className="actions">
        <Button type="submit" variant="filled" disabled={asked.length === 0} loading={recording.isPending}>
          {t('request.save')}
        </Button>
      </div>
    </form>
  )
}

/** What somebody asks for: one or more of the rights. */
export function Kinds({ value, onChange }: { value: string[]; onChange: (kinds: string[]) => void }) {
  const { t } = useTranslation()
  return (
    <Checkbox.Group label={t('request.kindsLabel')} value={value} onChange={onChange}>
      {kinds.map((kind) => (
        <Checkbox key={kind} mt="xs" value={kind} label={t(`request.kind.${kind}`)} />
      ))}
    </Checkbox.Group>
  )
}

function Settings({ onDone }: { onDone: () => void }) {
  const read = useRead('request.settings', {})
  return <Loaded read={read}>{(setting) => <SettingsForm setting={setting} onDone={onDone} />}</Loaded>
}

function SettingsForm({
  setting,
  onDone,
}: {
  setting: { formIsOpen: boolean; packageDays: number; signedAt: string | null }
  onDone: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [formIsOpen, setFormIsOpen] = useState(setting.formIsOpen)
  const [packageDays, setPackageDays] = useState<number | string>(setting.packageDays)
  const saving = useChange('request.configure', { stale: ['request.settings'], quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ formIsOpen, packageDays: Number(packageDays) })
      }}
    >
      <p>{t('request.signLead')}</p>
      <p className="quiet">
        {setting.signedAt === null
          ? t('request.neverSigned')
          : t('request.signedAt', { day: day(setting.signedAt, language) })}
      </p>
      <Checkbox
        label={t('request.formOpen')}
        checked={formIsOpen}
        onChange={(event) => setFormIsOpen(event.currentTarget.checked)}
      />
      <NumberInput
        hideControls
        required
        min={7}
        max={90}
        label={t('request.packageDays')}
        value={packageDays}
        onChange={setPackageDays}
      />
      <Failure error={saving.error} />
      <div className="actions">
        <Button type="submit" variant="filled" loading={saving.isPending}>
          {t('request.sign')}
        </Button>
      </div>
    </form>
  )
}
