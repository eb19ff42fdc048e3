import { Button, Checkbox, Textarea } from '@mantine/core'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Downloads } from '../paper/Downloads.tsx'
import { useLanguage } from '../language/use-language.ts'
import { BulletinForm } from './BulletinForm.tsx'
import { instant, staleBulletin } from './incident-view.ts'
import type { BulletinSaid, BulletinShown, BulletinView, CaseView } from './incident-view.ts'

interface Given {
  readonly incident: CaseView
  readonly shown: BulletinShown
  readonly timeZone: string
}

type Asking = 'draft' | 'publish' | 'withdraw'

/** What users are told: the draft, what was published of it, and to whom it went. */
export function Bulletin({ incident, timeZone }: { incident: CaseView; timeZone: string }) {
  const { t } = useTranslation()
  const read = useRead('incident.bulletin', { incidentId: incident.incidentId })
  if (incident.source === 'drill') return <p className="quiet">{t('incident.drillSecret')}</p>
  return <Loaded read={read}>{(shown) => <Whole incident={incident} shown={shown} timeZone={timeZone} />}</Loaded>
}

function Whole({ incident, shown, timeZone }: Given) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Asking | null>(null)
  const { bulletin } = shown
  const done = () => setAsking(null)
  return (
    <>
      {bulletin === null || bulletin.number === null ? (
        <p className="quiet">{t('incident.bulletin.none')}</p>
      ) : (
        <Standing bulletin={bulletin} shown={shown} timeZone={timeZone} incident={incident} />
      )}
      {bulletin !== null && bulletin.hasDraft && bulletin.withdrawnAt === null ? (
        <>
          <h3 className="incident-draft">{t('incident.bulletin.draft')}</h3>
          <Said said={bulletin.draft} />
        </>
      ) : null}
      <Deeds bulletin={bulletin} incidentId={incident.incidentId} onAsk={setAsking} />
      <Dialog
        title={asking === null ? '' : t(`incident.bulletin.${asking}Title`)}
        opened={asking !== null}
        onClose={done}
        side
      >
        {asking === 'draft' ? (
          <BulletinForm incidentId={incident.incidentId} bulletin={bulletin} onDone={done} />
        ) : null}
        {asking === 'publish' && bulletin !== null ? (
          <Publish incidentId={incident.incidentId} bulletin={bulletin} onDone={done} />
        ) : null}
        {asking === 'withdraw' ? <Withdraw incidentId={incident.incidentId} onDone={done} /> : null}
      </Dialog>
    </>
  )
}

function Deeds({
  bulletin,
  incidentId,
  onAsk,
}: {
  bulletin: BulletinView | null
  incidentId: string
  onAsk: (asking: Asking) => void
}) {
  const { t } = useTranslation()
  const mayWrite = useMay('incident:write')
  const maySign = useMay('edition:sign')
  const closing = useChange('incident.close_bulletin', { stale: staleBulletin })
  if (bulletin?.withdrawnAt) return null
  const isOut = bulletin !== null && bulletin.number !== null
  return (
    <div className="actions">
      {maySign && bulletin?.hasDraft ? (
        <Button variant="filled" onClick={() => onAsk('publish')}>
          {t('incident.bulletin.publish')}
        </Button>
      ) : null}
      {mayWrite ? (
        <Button onClick={() => onAsk('draft')}>
          {t(
            isOut
              ? 'incident.bulletin.again'
              : bulletin === null
                ? 'incident.bulletin.write'
                : 'incident.bulletin.edit',
          )}
        </Button>
      ) : null}
      {maySign && isOut && bulletin.closedAt === null ? (
        <Button loading={closing.isPending} onClick={() => closing.mutate({ incidentId })}>
          {t('incident.bulletin.close')}
        </Button>
      ) : null}
      {maySign && isOut ? <Button onClick={() => onAsk('withdraw')}>{t('incident.bulletin.withdraw')}</Button> : null}
    </div>
  )
}

/** What is out, with its history and what became of the letters. */
function Standing({
  incident,
  bulletin,
  shown: { pageUrl, mailIsSet },
  timeZone,
}: Given & { readonly bulletin: BulletinView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const at = (when: string) => instant(when, language, timeZone)
  const isPublic = bulletin.audience === 'public'
  return (
    <>
      <p>
        {t(`incident.bulletin.audience.${bulletin.audience}`)}
        {isPublic && bulletin.withdrawnAt === null ? (
          <>
            {' · '}
            <a href={pageUrl}>{t('incident.bulletin.page')}</a>
          </>
        ) : null}
      </p>
      {bulletin.closedAt === null ? null : <p>{t('incident.bulletin.closed', { at: at(bulletin.closedAt) })}</p>}
      {bulletin.withdrawnAt === null ? null : (
        <p className="bad">{t('incident.bulletin.withdrawn', { at: at(bulletin.withdrawnAt) })}</p>
      )}
      <ul className="rows">
        {bulletin.versions.map((version) => (
          <li key={version.number} className="row">
            <div className="row-main">
              <p>
                {t('incident.bulletin.version', { number: version.number, at: at(version.publishedAt) })}
                {' · '}
                {t(`incident.bulletin.state.${version.state}`)}
              </p>
              <p className="note quiet">
                {mailIsSet
                  ? t('incident.bulletin.taken', { count: version.letters.taken })
                  : t('incident.bulletin.noMail')}
                {version.letters.refused === 0
                  ? null
                  : ` · ${t('incident.bulletin.refused', { count: version.letters.refused })}`}
                {version.letters.interrupted === 0
                  ? null
                  : ` · ${t('incident.bulletin.interrupted', { count: version.letters.interrupted })}`}
              </p>
              <details>
                <summary>{t('incident.bulletin.read', { number: version.number })}</summary>
                <Said said={version} />
              </details>
            </div>
          </li>
        ))}
      </ul>
      <Downloads
        operation="incident.bulletin_paper"
        input={{ incidentId: incident.incidentId }}
        formats={['pdf', 'docx', 'csv', 'json']}
        label={t('incident.bulletin.papers')}
      />
    </>
  )
}

const parts = ['change', 'happened', 'advice'] as const

/** As its readers see it, in each language that it is written in. */
function Said({ said: { state, texts } }: { said: BulletinSaid }) {
  const { t } = useTranslation()
  return (
    <div className="incident-bulletin">
      <p className="note quiet">{t(`incident.bulletin.state.${state}`)}</p>
      {(['en', 'de'] as const).map((language) => {
        const text = texts[language]
        if (!text) return null
        return (
          <article key={language} aria-label={t(`incident.bulletin.in.${language}`)}>
            <p lang={language}>
              <strong>{text.title}</strong>
            </p>
            {parts.map((part) =>
              text[part] === '' ? null : (
                <Fragment key={part}>
                  <p className="note quiet">{t(`incident.bulletin.${part}`)}</p>
                  <p className="incident-text" lang={language}>
                    {text[part]}
                  </p>
                </Fragment>
              ),
            )}
          </article>
        )
      })}
    </div>
  )
}

/** The last look before it is out. */
function Publish({ incidentId, bulletin, onDone }: { incidentId: string; bulletin: BulletinView; onDone: () => void }) {
  const { t } = useTranslation()
  const [isSure, setSure] = useState(false)
  const followers = useRead('subscriber.list', {})
  const publishing = useChange('incident.publish', { stale: staleBulletin, quiet: true, onDone })
  const { audience, draft, revision, versions } = bulletin
  const isOneLanguage = draft.texts.en === undefined || draft.texts.de === undefined
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        publishing.mutate({ incidentId, revision })
      }}
    >
      <Said said={draft} />
      {isOneLanguage ? <p className="quiet">{t('incident.bulletin.oneLanguage')}</p> : null}
      <p>
        {t(`incident.bulletin.goes.${audience}`, { number: (versions[0]?.number ?? 0) + 1 })}{' '}
        {followers.data
          ? t('incident.bulletin.followers', { count: followers.data.counts.topics.incident ?? 0 })
          : null}
      </p>
      <Checkbox
        required
        label={t('incident.bulletin.sure')}
        checked={isSure}
        onChange={(event) => setSure(event.currentTarget.checked)}
      />
      {publishing.error ? (
        <p role="alert" className="bad">
          {sentenceOf(publishing.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" disabled={!isSure} loading={publishing.isPending}>
          {t('incident.bulletin.publishNow')}
        </Button>
      </div>
    </form>
  )
}

function Withdraw({ incidentId, onDone }: { incidentId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const withdrawing = useChange('incident.withdraw_bulletin', { stale: staleBulletin, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        withdrawing.mutate({ incidentId, reason })
      }}
    >
      <p>{t('incident.bulletin.withdrawLead')}</p>
      <Textarea
        required
        autosize
        minRows={2}
        minLength={3}
        maxLength={1_000}
        label={t('incident.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="actions">
        <Button type="submit" loading={withdrawing.isPending}>
          {t('incident.bulletin.withdraw')}
        </Button>
      </div>
    </form>
  )
}
