import { Button, NumberInput, Textarea } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { AuditView } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { roleWord } from '../edition/role-word.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day, moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { Standing } from './AuditsPage.tsx'
import { Items, stale } from './Items.tsx'
import './audit.css'

const route = getRouteApi('/signed-in/t/$slug/audit/$auditId')

const lists = ['undecided', 'findings', 'all'] as const

/** One audit: what is looked at, item by item, and how it ends. */
export function AuditPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const { auditId } = route.useParams()
  const { show = 'all' } = route.useSearch()
  const [page, setPage] = useState(0)
  const shown = useRead('audit.show', { auditId, show, page: String(page) }, { keep: true })
  return (
    <Page
      title={shown.data?.audit.title ?? t('audit.title')}
      over={
        <Link to="/t/$slug/audits" params={{ slug }}>
          {t('audit.title')}
        </Link>
      }
    >
      <Loaded read={shown}>
        {({ audit, items, pages }) => (
          <>
            <Standing audit={audit} />
            <About audit={audit} />
            <Decisions audit={audit} />
            {audit.openedAt === null ? null : (
              <>
                <nav className="tabs audit-tabs" aria-label={t('audit.which')}>
                  {lists.map((list) => (
                    <Link
                      key={list}
                      to="/t/$slug/audit/$auditId"
                      params={{ slug, auditId }}
                      search={list === 'all' ? {} : { show: list }}
                      activeOptions={{ exact: true, explicitUndefined: true }}
                      onClick={() => setPage(0)}
                    >
                      {t(`audit.list.${list}`)}
                    </Link>
                  ))}
                </nav>
                <Items audit={audit} items={items} />
                <Pager page={page} pages={pages} onTurn={setPage} />
              </>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Pager({ page, pages, onTurn }: { page: number; pages: number; onTurn: (page: number) => void }) {
  const { t } = useTranslation()
  if (pages < 2) return null
  return (
    <nav className="pager" aria-label={t('audit.pages')}>
      <Button size="compact-sm" disabled={page === 0} onClick={() => onTurn(page - 1)}>
        {t('audit.before')}
      </Button>
      <Button size="compact-sm" disabled={page + 1 >= pages} onClick={() => onTurn(page + 1)}>
        {t('audit.next')}
      </Button>
    </nav>
  )
}

function About({ audit }: { audit: AuditView }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { kind, scope, openedAt, since, population, seed, items, signedAt, signedBy, signedRole, conclusion } = audit
  return (
    <div>
      {scope === '' ? null : <p>{scope}</p>}
      {kind === 'review' && openedAt !== null ? (
        <p className="note quiet">
          {since === null ? t('audit.sinceBeginning') : t('audit.since', { at: moment(since, language) })}
        </p>
      ) : null}
      {population === null || seed === null ? null : (
        <p className="note quiet">{t('audit.drawn', { count: population, items, seed })}</p>
      )}
      {signedAt === null ? null : (
        <p>
          {t('audit.signedBy', {
            name: signedBy ?? t('audit.gone'),
            role: roleWord(signedRole ?? '', t),
            day: day(signedAt, language),
          })}
        </p>
      )}
      {conclusion === null ? null : <p>{conclusion}</p>}
      {audit.cancelledReason === null ? null : <p>{t('audit.cancelledFor', { why: audit.cancelledReason })}</p>}
      {openedAt === null ? null : (
        <Downloads
          operation="audit.export"
          input={{ auditId: audit.auditId }}
          formats={['pdf', 'docx', 'csv', 'json']}
          label={t('audit.record')}
        />
      )}
    </div>
  )
}

function Decisions({ audit }: { audit: AuditView }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const maySign = useMay('edition:sign')
  const [asked, setAsked] = useState<'open' | 'note' | 'sign' | 'cancel' | null>(null)
  const close = () => setAsked(null)
  const { auditId, state, undecided } = audit
  if (state === 'signed') return <NewEdition />
  if (state === 'cancelled') return null
  return (
    <div className="actions">
      {mayWrite && state === 'planned' ? <Button onClick={() => setAsked('open')}>{t('audit.open')}</Button> : null}
      {mayWrite && state === 'open' ? (
        <Button variant="default" onClick={() => setAsked('note')}>
          {t('audit.note')}
        </Button>
      ) : null}
      {maySign && state === 'open' && undecided === 0 ? (
        <Button onClick={() => setAsked('sign')}>{t('audit.sign')}</Button>
      ) : null}
      {maySign ? (
        <Button variant="default" onClick={() => setAsked('cancel')}>
          {t('audit.cancel')}
        </Button>
      ) : null}
      <Dialog title={t('audit.open')} opened={asked === 'open'} onClose={close}>
        <Open audit={audit} onDone={close} />
      </Dialog>
      <Dialog title={t('audit.note')} opened={asked === 'note'} onClose={close}>
        <Say operation="audit.note" field="title" auditId={auditId} label={t('audit.seen')} onDone={close} />
      </Dialog>
      <Dialog title={t('audit.sign')} opened={asked === 'sign'} onClose={close}>
        <p>{t('audit.signWhat')}</p>
        <Say operation="audit.sign" field="conclusion" auditId={auditId} label={t('audit.conclusion')} onDone={close} />
      </Dialog>
      <Dialog title={t('audit.cancel')} opened={asked === 'cancel'} onClose={close}>
        <Say operation="audit.cancel" field="reason" auditId={auditId} label={t('audit.reason')} onDone={close} />
      </Dialog>
    </div>
  )
}

/** A review ends in a record and in a new edition. */
function NewEdition() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  return (
    <p>
      <Link to="/t/$slug/editions" params={{ slug }}>
        {t('audit.newEdition')}
      </Link>
    </p>
  )
}

function Open({ audit: { auditId, kind }, onDone }: { audit: AuditView; onDone: () => void }) {
  const { t } = useTranslation()
  const [sample, setSample] = useState(20)
  const opening = useChange('audit.open', { stale, quiet: true, onDone })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        opening.mutate({ auditId, sample })
      }}
    >
      <p>{t(`audit.openWhat.${kind}`)}</p>
      {kind === 'internal' ? (
        <NumberInput
          hideControls
          label={t('audit.sample')}
          value={sample}
          onChange={(value) => setSample(Number(value))}
          min={1}
          max={500}
        />
      ) : null}
      {opening.error ? (
        <p role="alert" className="bad">
          {sentenceOf(opening.error, t)}
        </p>
      ) : null}
      <Button type="submit" loading={opening.isPending}>
        {t('audit.open')}
      </Button>
    </form>
  )
}

/** One text and a button: what somebody saw, concludes, or why an audit is given up. */
function Say({
  operation,
  field,
  auditId,
  label,
  onDone,
}: {
  operation: 'audit.note' | 'audit.sign' | 'audit.cancel'
  field: 'title' | 'conclusion' | 'reason'
  auditId: string
  label: string
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const noting = useChange('audit.note', { stale, quiet: true, onDone })
  const signing = useChange('audit.sign', { stale, quiet: true, onDone })
  const cancelling = useChange('audit.cancel', { stale, quiet: true, onDone })
  const saying = { 'audit.note': noting, 'audit.sign': signing, 'audit.cancel': cancelling }[operation]
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (field === 'title') noting.mutate({ auditId, title: text })
        else if (field === 'conclusion') signing.mutate({ auditId, conclusion: text })
        else cancelling.mutate({ auditId, reason: text })
      }}
    >
      <Textarea
        label={label}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={saying.error ? sentenceOf(saying.error, t) : undefined}
        required
        withAsterisk={false}
        minLength={field === 'conclusion' ? 10 : 3}
        maxLength={field === 'title' ? 500 : 2_000}
        autosize
        minRows={2}
      />
      <Button type="submit" loading={saying.isPending}>
        {t(operation)}
      </Button>
    </form>
  )
}
