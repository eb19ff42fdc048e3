import { Button, NativeSelect, Textarea } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { FileField } from '../file/FileField.tsx'
import { Timeline } from '../file/Timeline.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { Part } from '../frame/Part.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { Items, Places } from './Found.tsx'
import { Letter } from './Letter.tsx'
import { closedStates, nextOf, stale } from './request-view.ts'
import type { LetterKind, Shown } from './request-view.ts'
import { DueLine } from './RequestsPage.tsx'
import { Erase, Identified, Look, Triage } from './Work.tsx'
import './request.css'

const route = getRouteApi('/signed-in/t/$slug/request/$requestId')

/** One request: its period, what is to be done next, what was found, and everything that was said. */
export function RequestPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { requestId } = route.useParams()
  const read = useRead('request.show', { requestId })
  const request = read.data?.request
  return (
    <Page
      long
      title={
        request
          ? `${request.number} · ${request.kinds.map((kind) => t(`request.kind.${kind}`)).join(', ')}`
          : t('request.title')
      }
      over={
        <Link to="/t/$slug/requests" params={{ slug }} search={{}}>
          {t('request.title')}
        </Link>
      }
    >
      <Loaded read={read}>{(shown) => <Whole shown={shown} />}</Loaded>
    </Page>
  )
}

type Asking = LetterKind | 'triage' | 'identified' | 'look' | 'erase' | 'link'

function Whole({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Asking | null>(null)
  const { request, letters } = shown
  const done = () => setAsking(null)
  const letter = (kind: LetterKind): readonly [string, ReactNode] => [
    t(`request.act.${kind}`),
    <Letter key={kind} shown={shown} kind={kind} onDone={done} />,
  ]
  const forms: Readonly<Record<Asking, readonly [title: string, form: ReactNode]>> = {
    triage: [t('request.triage'), <Triage key="triage" shown={shown} onDone={done} />],
    identified: [t('request.identified'), <Identified key="identified" request={request} onDone={done} />],
    look: [t('request.look'), <Look key="look" request={request} onDone={done} />],
    erase: [t('request.erase'), <Erase key="erase" shown={shown} onDone={done} />],
    link: [t('request.renewLink'), <RenewLink key="link" shown={shown} />],
    receipt: letter('receipt'),
    identity: letter('identity'),
    extension: letter('extension'),
    answer: letter('answer'),
    refusal: letter('refusal'),
    forwarded: letter('forwarded'),
  }
  return (
    <>
      <Head shown={shown} />
      <Steps shown={shown} titleOf={(one) => forms[one][0]} onAsk={setAsking} />
      <Part id="clock" title={t('request.clock')}>
        <Clock shown={shown} />
      </Part>
      <Part id="person" title={t('request.person')}>
        <Person shown={shown} />
      </Part>
      {request.role === 'processor' ? null : (
        <>
          <Part id="stores" title={t('request.stores')}>
            <Places shown={shown} />
          </Part>
          <Part id="elsewhere" title={t('request.elsewhere')}>
            <Items shown={shown} />
          </Part>
        </>
      )}
      <Part id="letters" title={t('request.letters')}>
        {letters.length === 0 ? <p>{t('request.noLetters')}</p> : <Letters shown={shown} />}
        <Package shown={shown} />
      </Part>
      <Part id="timeline" title={t('request.timeline')}>
        <Course shown={shown} />
      </Part>
      <Dialog title={asking === null ? '' : forms[asking][0]} opened={asking !== null} onClose={done} side>
        {asking === null ? null : forms[asking][1]}
      </Dialog>
    </>
  )
}

function Head({ shown: { request, today } }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const parts = [
    t(`request.state.${request.state}`),
    t(`request.source.${request.source}`),
    t('request.receivedOn', { day: day(request.receivedOn, language) }),
    ...(request.role === null ? [] : [t(`request.role.${request.role}`)]),
    request.owner === null ? t('request.nobody') : request.owner.name,
  ]
  return (
    <>
      <p className="quiet">{parts.join(' · ')}</p>
      <DueLine request={request} today={today} />
    </>
  )
}

/** What is to be done next, and what else can be. */
function Steps({
  shown,
  titleOf,
  onAsk,
}: {
  shown: Shown
  titleOf: (asking: Asking) => string
  onAsk: (asking: Asking) => void
}) {
  const { t } = useTranslation()
  const mayWrite = useMay('request:write')
  const maySign = useMay('edition:sign')
  const { request } = shown
  if (!mayWrite || closedStates.includes(request.state)) return null
  const next = nextOf(request)
  const first = next[0]
  const decides = request.role === 'controller'
  const offered: readonly (readonly [Asking, boolean])[] = [
    ['triage', true],
    ['receipt', true],
    ['identity', decides],
    ['identified', request.state === 'identity'],
    ['look', decides],
    ['erase', decides && maySign && request.lookedAt !== null],
    ['extension', maySign && request.extension === null],
    ['answer', decides && maySign],
    ['refusal', decides && maySign],
    ['forwarded', maySign && request.role !== 'controller'],
    ['link', true],
  ]
  const isNext = (asking: Asking) => (first === 'forward' ? asking === 'forwarded' : asking === first)
  return (
    <section className="section" aria-labelledby="next">
      <h2 id="next">{t('request.nextTitle')}</h2>
      {first === undefined ? null : <p>{t(`request.next.${first}`)}</p>}
      <div className="actions">
        {offered
          .filter(([, isOffered]) => isOffered)
          .map(([asking]) => (
            <Button key={asking} variant={isNext(asking) ? 'filled' : 'default'} onClick={() => onAsk(asking)}>
              {titleOf(asking)}
            </Button>
          ))}
      </div>
    </section>
  )
}

function Clock({ shown: { request } }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { clock, identity, extension, decidedOn, dueOn } = request
  const facts: readonly (readonly [string, string])[] = [
    [t('request.from'), day(clock.from, language)],
    [t('request.due'), day(decidedOn === null ? clock.dueOn : dueOn, language)],
    ...(clock.waitedDays === 0
      ? []
      : ([
          [t('request.waited'), t('request.waitedDays', { count: clock.waitedDays })],
          [t('request.strict'), day(clock.strictOn, language)],
        ] as const)),
    ...(identity === null
      ? []
      : ([
          [
            t('request.identity'),
            identity.settledOn === null
              ? t('request.identityAsked', { day: day(identity.askedOn, language), asked: identity.asked })
              : t('request.identitySettled', { day: day(identity.settledOn, language), how: identity.how }),
          ],
          [t('request.reasonOf.identity'), identity.reason],
        ] as const)),
    ...(extension === null
      ? []
      : ([[t('request.extended'), `${day(extension.on, language)}: ${extension.reason}`]] as const)),
    ...(decidedOn === null ? [] : ([[t('request.decided'), day(decidedOn, language)]] as const)),
    ...(request.ground === null
      ? []
      : ([
          [t('request.groundLabel'), t(`request.ground.${request.ground}`)],
          [t('request.reasonOf.refusal'), request.reason],
        ] as const)),
    ...(request.keptReason === '' ? [] : ([[t('request.keptReason'), request.keptReason]] as const)),
  ]
  return (
    <>
      <dl className="request-facts">
        {facts.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="case-text">{text}</dd>
          </div>
        ))}
      </dl>
      <p className="note quiet">{t('request.clockNote')}</p>
    </>
  )
}

function Person({ shown: { request } }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const reached = [request.name, request.email ?? '', request.postal].filter((part) => part !== '')
  return (
    <>
      <p className="case-text">{reached.length === 0 ? t('request.noAddress') : reached.join('\n')}</p>
      <blockquote className="case-text">{request.text}</blockquote>
      <p className="note quiet">
        {request.linkEndsAt === null
          ? t('request.noLink')
          : t('request.linkEnds', { day: day(request.linkEndsAt, language) })}
      </p>
    </>
  )
}

function Letters({ shown: { letters } }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <ul className="rows">
      {letters.map((letter) => (
        <li key={letter.letterId} className="row">
          <div className="row-main">
            <h3 className="row-title">{letter.subject}</h3>
            <p className="note quiet">
              {t(`request.way.${letter.way}`)} · {t(`request.sent.${letter.state}`)} ·{' '}
              {moment(letter.toldAt ?? letter.madeAt, language)}
            </p>
            {letter.state === 'refused' || letter.state === 'unknown' ? <TellAgain letterId={letter.letterId} /> : null}
            <details>
              <summary>
                {t('request.read')} <span className="hidden">{letter.subject}</span>
              </summary>
              <p className="case-text">{letter.text}</p>
            </details>
            <Downloads
              ownLanguage
              operation="request.letter"
              input={{ letterId: letter.letterId }}
              formats={['pdf', 'docx']}
              label={t('request.letter')}
            />
          </div>
        </li>
      ))}
    </ul>
  )
}

const otherWays = ['link', 'mail', 'post', 'phone'] as const

/** What did not arrive is told by another way. */
function TellAgain({ letterId }: { letterId: string }) {
  const { t } = useTranslation()
  const mayWrite = useMay('request:write')
  const [way, setWay] = useState<(typeof otherWays)[number]>('post')
  const telling = useChange('request.tell_again', { stale })
  if (!mayWrite) return null
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        telling.mutate({ letterId, way })
      }}
    >
      <NativeSelect
        label={t('request.wayLabel')}
        value={way}
        onChange={(event) => setWay(otherWays.find((one) => one === event.currentTarget.value) ?? 'post')}
        data={otherWays.map((value) => ({ value, label: t(`request.way.${value}`) }))}
      />
      <div className="actions">
        <Button type="submit" loading={telling.isPending}>
          {t('request.tellAgain')}
        </Button>
      </div>
    </form>
  )
}

function Package({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const kept = shown.package
  if (kept === null) return null
  return (
    <p>
      {t('request.packageUntil', { day: day(kept.endsAt, language) })}{' '}
      {kept.takenAt === null
        ? t('request.neverTaken')
        : t('request.takenTimes', { count: kept.taken, at: moment(kept.takenAt, language) })}
    </p>
  )
}

const entryKinds = [
  'received',
  'triaged',
  'person',
  'looked',
  'identified',
  'erased',
  'answered',
  'refused',
  'forwarded',
  'taken',
  'told-receipt',
  'told-identity',
  'told-extension',
  'told-answer',
  'told-refusal',
  'told-forwarded',
  'not-told',
] as const

/** A later server may write more kinds. */
function known(kind: string): (typeof entryKinds)[number] | 'other' {
  return entryKinds.find((one) => one === kind) ?? 'other'
}

function Course({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const mayWrite = useMay('request:write')
  const { entries, files, request } = shown
  return (
    <Timeline
      entries={entries.map(({ at, by, kind, text }) => ({
        key: at,
        at: moment(at, language),
        by,
        said: kind === 'note' ? null : t(`request.entry.${known(kind)}`),
        text,
      }))}
      files={files}
    >
      {mayWrite ? <AddNote requestId={request.requestId} /> : null}
    </Timeline>
  )
}

function AddNote({ requestId }: { requestId: string }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [fileIds, setFileIds] = useState<string[]>([])
  const [isBusy, setBusy] = useState(false)
  const adding = useChange('request.note', {
    stale,
    onDone() {
      setText('')
      setFileIds([])
    },
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        adding.mutate({ requestId, text, fileIds })
      }}
    >
      <Textarea
        required
        autosize
        minRows={2}
        maxLength={8_000}
        label={t('request.noteLabel')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <FileField label={t('request.files')} value={fileIds} onChange={setFileIds} onBusy={setBusy} />
      <div className="actions">
        <Button type="submit" disabled={isBusy} loading={adding.isPending}>
          {t('request.addNote')}
        </Button>
      </div>
    </form>
  )
}

function RenewLink({ shown: { request } }: { shown: Shown }) {
  const { t } = useTranslation()
  const [url, setUrl] = useState('')
  const renewing = useChange('request.renew_link', { stale, onDone: (made) => setUrl(made.url) })
  if (url !== '')
    return (
      <div className="form" role="status">
        <p>{t('request.linkHint')}</p>
        <p className="case-text">
          <code>{url}</code>
        </p>
      </div>
    )
  return (
    <div className="form">
      <p>{t('request.renewLead')}</p>
      <div className="actions">
        <Button
          variant="filled"
          loading={renewing.isPending}
          onClick={() => renewing.mutate({ requestId: request.requestId })}
        >
          {t('request.renewLink')}
        </Button>
      </div>
    </div>
  )
}
