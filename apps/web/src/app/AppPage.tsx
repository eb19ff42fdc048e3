import { Button, TextInput } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Refusal } from '../customer/Refusal.tsx'
import { roleWord } from '../edition/role-word.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { cited } from '../incident/incident-view.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { AppStanding } from './AppsPage.tsx'
import { Compared } from './Compared.tsx'
import { FactsForm } from './FactsForm.tsx'
import { Rules } from './Rules.tsx'
import { stale } from './app.ts'
import type { AppShown, Choices } from './app.ts'
import '../customer/customer.css'
import './app.css'

const route = getRouteApi('/signed-in/t/$slug/app/$appId')
const formats = ['pdf', 'docx', 'csv', 'json'] as const

/** One app: what is missing of its privacy notice, how it reads, its versions, and what is really deleted. */
export function AppPage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { appId } = route.useParams()
  const shown = useRead('app.show', { appId })
  const list = useRead('app.list', {})
  return (
    <Page
      title={shown.data?.app.name[language] ?? t('app.title')}
      over={
        <Link to="/t/$slug/apps" params={{ slug }}>
          {t('app.title')}
        </Link>
      }
    >
      <Loaded read={shown}>
        {(found) => <Loaded read={list}>{({ choices }) => <Whole shown={found} choices={choices} />}</Loaded>}
      </Loaded>
    </Page>
  )
}

type Asked = 'facts' | 'publish' | 'end' | null

function Whole({ shown, choices }: { shown: AppShown; choices: Choices }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>(null)
  const { app, facts, revision } = shown
  const close = () => setAsked(null)
  const isOver = app.state === 'ended'
  return (
    <div className="customer-all">
      <AppStanding app={app} />
      {isOver ? null : <Decisions shown={shown} onAsk={setAsked} />}
      {isOver ? null : <MissingList shown={shown} />}
      <Preview shown={shown} />
      <Versions shown={shown} />
      <section className="customer-part">
        <h2>{t('deletionRun.title')}</h2>
        <p className="note quiet">{t('deletionRun.lead')}</p>
        <Rules appId={app.appId} categories={isOver ? [] : facts.categories} />
      </section>
      <Dialog title={t('app.facts')} opened={asked === 'facts'} onClose={close} side>
        <FactsForm
          key={revision}
          appId={app.appId}
          revision={revision}
          first={facts}
          choices={choices}
          onDone={close}
        />
      </Dialog>
      <Dialog title={t('app.publish')} opened={asked === 'publish'} onClose={close}>
        <Publish shown={shown} onDone={close} />
      </Dialog>
      <Dialog title={t('app.end')} opened={asked === 'end'} onClose={close}>
        <End appId={app.appId} onDone={close} />
      </Dialog>
    </div>
  )
}

function Decisions({ shown: { app }, onAsk }: { shown: AppShown; onAsk: (what: Asked) => void }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const maySign = useMay('edition:sign')
  const confirming = useChange('app.confirm', { stale, quiet: true })
  const isNew = app.state !== 'published'
  return (
    <>
      <p className="actions">
        {mayWrite ? (
          <Button variant={app.missing > 0 ? 'filled' : 'default'} onClick={() => onAsk('facts')}>
            {t('app.edit')}
          </Button>
        ) : null}
        {maySign && isNew ? (
          <Button variant={app.missing > 0 ? 'default' : 'filled'} onClick={() => onAsk('publish')}>
            {t('app.publish')}
          </Button>
        ) : null}
        {maySign && !isNew ? (
          <Button loading={confirming.isPending} onClick={() => confirming.mutate({ appId: app.appId })}>
            {t('app.confirm')}
          </Button>
        ) : null}
        {mayWrite ? (
          <Button variant="default" onClick={() => onAsk('end')}>
            {t('app.end')}
          </Button>
        ) : null}
      </p>
      <Refusal error={confirming.error} />
    </>
  )
}

function MissingList({ shown: { missing } }: { shown: AppShown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  return (
    <section className="customer-part">
      <h2>{t('app.wanted')}</h2>
      {missing.length === 0 ? <p>{t('app.nothingMissing')}</p> : null}
      <ul className="sentences">
        {missing.map(({ code, article, say }) => (
          <li key={code}>
            {say[language]} <span className="quiet">{t('app.article', { article: cited(article, language) })}</span>
          </li>
        ))}
      </ul>
      <p className="note">
        <Link to="/t/$slug/processing" params={{ slug }}>
          {t('app.toRecord')}
        </Link>
        {' · '}
        <Link to="/t/$slug/processors" params={{ slug }} search={{}}>
          {t('app.toProcessors')}
        </Link>
      </p>
    </section>
  )
}

function Preview({ shown: { app, preview } }: { shown: AppShown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const sheet = preview[language]
  return (
    <section className="customer-part">
      <h2>{t('app.preview')}</h2>
      <details>
        <summary>{t('app.read')}</summary>
        <div className="app-sheet">
          <h3>{sheet.title}</h3>
          <p className="customer-said">{sheet.about}</p>
          {sheet.sections.map(({ key, title, lines }) => (
            <Fragment key={key}>
              <h3>{title}</h3>
              {lines.map((line, place) => (
                <p key={`${place} ${line}`} className="customer-said">
                  {line}
                </p>
              ))}
            </Fragment>
          ))}
        </div>
      </details>
      <Downloads operation="app.export" input={{ appId: app.appId }} formats={formats} label={t('app.draft')} />
    </section>
  )
}

function Versions({ shown: { app, versions } }: { shown: AppShown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const at = `/trust/${slug}/notices/${app.slug}`
  return (
    <section className="customer-part">
      <h2>{t('app.versions')}</h2>
      {versions.length === 0 ? <p>{t('app.noVersion')}</p> : null}
      {versions.map(({ number, at: published, role, missing, reason }, index) => (
        <div key={number} className="customer-step">
          <p>
            <a href={index === 0 ? at : `${at}/${number}`}>
              {t('app.versionOf', { number, day: day(published, language) })}
            </a>{' '}
            <span className="quiet">{roleWord(role, t)}</span>
          </p>
          {missing.length === 0 ? null : (
            <p className="bad">{t('app.publishedWithout', { count: missing.length, why: reason })}</p>
          )}
          <Downloads
            operation="app.export"
            input={{ appId: app.appId, number: String(number) }}
            formats={formats}
            label={t('app.numbered', { number })}
          />
        </div>
      ))}
      {versions.length === 0 ? null : <Compared appId={app.appId} versions={versions.map(({ number }) => number)} />}
    </section>
  )
}

function Publish({ shown: { app, revision, missing }, onDone }: { shown: AppShown; onDone: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const publishing = useChange('app.publish', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        publishing.mutate({ appId: app.appId, revision, reason })
      }}
    >
      <p>{t('app.publishWhat')}</p>
      {missing.length === 0 ? null : (
        <>
          <p className="bad">{t('app.missing', { count: missing.length })}</p>
          <TextInput
            required
            minLength={3}
            maxLength={1_000}
            label={t('app.reason')}
            description={t('app.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
      <Refusal error={publishing.error} />
      <Button type="submit" variant="filled" loading={publishing.isPending}>
        {t('app.publish')}
      </Button>
    </form>
  )
}

function End({ appId, onDone }: { appId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const ending = useChange('app.end', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        ending.mutate({ appId, reason })
      }}
    >
      <p>{t('app.endWhat')}</p>
      <TextInput
        required
        minLength={3}
        maxLength={1_000}
        label={t('app.endReason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Refusal error={ending.error} />
      <Button type="submit" loading={ending.isPending}>
        {t('app.end')}
      </Button>
    </form>
  )
}
