import { Button, Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { cited } from './incident-view.ts'
import { authorityName } from './authority-name.ts'

type Settings = Output<'incident.settings'>
type Directory = Output<'incident.authorities'>
const stale = ['incident.settings', 'incident.show'] as const

/** What is ready before something happens: the authority, who answers, whom to tell, and the directory. */
export function SettingsPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const settings = useRead('incident.settings', {})
  const directory = useRead('incident.authorities', {})
  return (
    <Page
      title={t('incident.settings')}
      lead={t('incident.settingsLead')}
      over={
        <Link to="/t/$slug/incidents" params={{ slug }} search={{}}>
          {t('incident.title')}
        </Link>
      }
    >
      <Loaded read={settings}>
        {(found) => (
          <Loaded read={directory}>
            {(known) => (
              <>
                <Configure key={found.authority ?? ''} settings={found} directory={known} />
                <ControllerList settings={found} />
                <DirectoryList directory={known} />
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

function Configure({ settings, directory }: { settings: Settings; directory: Directory }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const [authority, setAuthority] = useState(settings.authority ?? '')
  const [contact, setContact] = useState(settings.contact)
  const [formIsOpen, setOpen] = useState(settings.formIsOpen)
  const saving = useChange('incident.configure', { stale })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ authority: authority === '' ? null : authority, contact, formIsOpen })
      }}
    >
      <NativeSelect
        label={t('incident.authorityLabel')}
        description={t('incident.authorityHint')}
        value={authority}
        onChange={(event) => setAuthority(event.currentTarget.value)}
        data={[
          { value: '', label: t('incident.noAuthority') },
          ...directory.authorities.map((one) => ({ value: one.id, label: authorityName(one) })),
        ]}
      />
      <Textarea
        autosize
        minRows={2}
        maxLength={1_000}
        label={t('incident.fact.contact')}
        description={t('incident.contactHint')}
        value={contact}
        onChange={(event) => setContact(event.currentTarget.value)}
      />
      <Checkbox
        label={t('incident.formIsOpen')}
        checked={formIsOpen}
        onChange={(event) => setOpen(event.currentTarget.checked)}
      />
      {mayWrite ? (
        <div className="actions">
          <Button type="submit" variant="filled" loading={saving.isPending}>
            {t('incident.save')}
          </Button>
        </div>
      ) : null}
    </form>
  )
}

function ControllerList({ settings }: { settings: Settings }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const removing = useChange('incident.remove_controller', { stale })
  return (
    <section className="section" aria-labelledby="controllers">
      <h2 id="controllers">{t('incident.controllers')}</h2>
      <p className="quiet">{t('incident.controllersLead')}</p>
      <ul className="rows">
        {settings.controllers.map((one) => (
          <li key={one.controllerId} className="row">
            <div className="row-main">
              <p>{one.name}</p>
              <p className="note quiet">
                {one.contact} ·{' '}
                {one.hours === null ? t('incident.noHoursShort') : t('incident.hours', { count: one.hours })}
              </p>
            </div>
            {mayWrite ? (
              <div className="row-actions">
                <button
                  type="button"
                  className="text-button"
                  aria-label={t('incident.removeOf', { name: one.name })}
                  onClick={() => removing.mutate({ controllerId: one.controllerId })}
                >
                  {t('incident.remove')}
                </button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {mayWrite ? <AddController /> : null}
      {mayWrite ? <ImportControllers /> : null}
    </section>
  )
}

function AddController() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [name, setName] = useState('')
  const [contact, setContact] = useState('')
  const [hours, setHours] = useState<number | ''>('')
  const [spoken, setSpoken] = useState<'en' | 'de'>(language)
  const adding = useChange('incident.save_controller', {
    stale,
    quiet: true,
    onDone() {
      setName('')
      setContact('')
    },
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ name, contact, language: spoken, hours: hours === '' ? null : hours })
      }}
    >
      <TextInput
        required
        minLength={2}
        maxLength={200}
        label={t('incident.controllerName')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        required
        type="email"
        maxLength={254}
        label={t('incident.controllerContact')}
        value={contact}
        onChange={(event) => setContact(event.currentTarget.value)}
      />
      <NumberInput
        hideControls
        min={1}
        max={720}
        label={t('incident.controllerClock')}
        description={t('incident.controllerClockHint')}
        value={hours}
        onChange={(value) => setHours(value === '' ? '' : Number(value))}
      />
      <NativeSelect
        label={t('incident.controllerLanguage')}
        value={spoken}
        onChange={(event) => setSpoken(event.currentTarget.value === 'de' ? 'de' : 'en')}
        data={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
      {adding.error ? (
        <p role="alert" className="bad">
          {sentenceOf(adding.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" loading={adding.isPending}>
          {t('incident.addController')}
        </Button>
      </div>
    </form>
  )
}

function ImportControllers() {
  const { t } = useTranslation()
  const [lines, setLines] = useState('')
  const importing = useChange('incident.import_controllers', { stale, quiet: true, onDone: () => setLines('') })
  return (
    <details>
      <summary>{t('incident.import')}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          importing.mutate({ lines })
        }}
      >
        <Textarea
          required
          autosize
          minRows={4}
          label={t('incident.importLabel')}
          description={t('incident.importHint')}
          value={lines}
          onChange={(event) => setLines(event.currentTarget.value)}
        />
        {importing.error ? (
          <p role="alert" className="bad">
            {sentenceOf(importing.error, t)}
          </p>
        ) : null}
        {importing.data ? <p role="status">{t('incident.imported', { count: importing.data.saved })}</p> : null}
        <div className="actions">
          <Button type="submit" loading={importing.isPending}>
            {t('incident.importNow')}
          </Button>
        </div>
      </form>
    </details>
  )
}

function DirectoryList({ directory }: { directory: Directory }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const link = (url: string, text: string) => (
    <a href={url} rel="noreferrer">
      {text}
    </a>
  )
  return (
    <section className="section" aria-labelledby="directory">
      <h2 id="directory">{t('incident.directory')}</h2>
      <p className="quiet">{t('incident.directoryLead', { day: day(directory.asOf, language) })}</p>
      <details>
        <summary>{t('incident.directoryShow', { count: directory.authorities.length })}</summary>
        <ul className="rows">
          {directory.authorities.map((one) => (
            <li key={one.id} className="row">
              <div className="row-main">
                <p>{authorityName(one)}</p>
                <p className="note quiet">{one.seat ?? t('incident.notSourced')}</p>
                <p className="note">
                  {one.web === null ? t('incident.notSourced') : link(one.web, t('incident.web'))}
                  {one.report === null ? null : <> · {link(one.report, t('incident.reportPage'))}</>}
                  {one.source === null ? null : <> · {link(one.source, t('incident.sourcePage'))}</>}
                </p>
              </div>
            </li>
          ))}
        </ul>
      </details>
      <h3>{t('incident.rules')}</h3>
      <ul className="sentences">
        {directory.laws.map((law) => (
          <li key={law.id}>
            {link(law.url, cited(law.source, language))} · {law.countries.join(', ')} · {day(law.from, language)} ·{' '}
            {law.hours === null ? t('incident.noHoursShort') : t('incident.hours', { count: law.hours })} ·{' '}
            {t(`incident.threshold.${law.threshold}`)}
          </li>
        ))}
        {directory.holidays.map((one) => (
          <li key={one.country} lang={one.country === 'FR' ? 'fr' : 'de'}>
            {one.country}: {one.source}
          </li>
        ))}
      </ul>
    </section>
  )
}
