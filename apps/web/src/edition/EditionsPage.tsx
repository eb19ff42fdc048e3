import { Button, Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formats, publicSigns, publicStates } from '@art32/press'
import type { EditionView } from '../api/api.ts'
import { tenantAddress } from '../api/request.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { useMay } from '../account/session.ts'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { HistoryButton } from '../history/History.tsx'
import { moment } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { OscalFiles } from './OscalFiles.tsx'
import { Annex } from './Annex.tsx'
import { roleWord } from './role-word.ts'

/** The published versions of the document, and the drafts that may become one. */
export function EditionsPage() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const editions = useRead('edition.list', {})
  const mayDraft = useMay('edition:draft')
  const mayVisit = useMay('room:visit')
  const drafting = useChange('edition.draft', { stale: ['edition.list'] })
  const published = editions.data?.editions.some(({ state }) => state === 'edition') ?? false
  return (
    <Page
      title={t('edition.title')}
      lead={t('edition.lead')}
      actions={
        <>
          {mayDraft ? (
            <Button variant="filled" loading={drafting.isPending} onClick={() => drafting.mutate({})}>
              {t('edition.draft')}
            </Button>
          ) : null}
          {/* Before the first draft there is no page. */}
          {editions.data?.editions.length ? (
            <a href={`/trust/${encodeURIComponent(slug)}`}>{t(published ? 'edition.publicPage' : 'edition.preview')}</a>
          ) : null}
          {published ? (
            <Link to="/t/$slug/editions/compare" params={{ slug }} search={{}}>
              {t('compare.link')}
            </Link>
          ) : null}
          <Link to="/t/$slug/editions/letterhead" params={{ slug }}>
            {t('letterhead.title')}
          </Link>
          <Link to="/t/$slug/public-page" params={{ slug }}>
            {t('publicPage.link')}
          </Link>
          {mayVisit ? (
            <Link to="/t/$slug/rooms" params={{ slug }}>
              {t('room.title')}
            </Link>
          ) : null}
        </>
      }
    >
      <Loaded read={editions}>
        {({ editions }) =>
          editions.length === 0 ? (
            <p>{t('edition.none')}</p>
          ) : (
            <ol className="rows">
              {editions.map((edition) => (
                <Edition key={edition.id} edition={edition} isFirst={!published} />
              ))}
            </ol>
          )
        }
      </Loaded>
      <p className="note quiet">{t('edition.limit')}</p>
    </Page>
  )
}

/** @param isFirst nothing is published yet that it could promise less than */
function Edition({ edition, isFirst }: { edition: EditionView; isFirst: boolean }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const maySign = useMay('edition:sign')
  const [asking, setAsking] = useState(false)
  const draft = edition.state === 'draft'
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">{draft ? t('edition.isDraft') : t('edition.number', { number: edition.number })}</h2>
        <p className="note quiet">
          {moment(edition.madeAt, language)} ·{' '}
          {edition.signedBy === null
            ? t('edition.unsigned')
            : t('edition.signedBy', { role: roleWord(edition.signedBy, t) })}
        </p>
        <ul className="outcome-tally">
          {publicStates
            .filter((state) => edition.counts.public[state] > 0)
            .map((state) => (
              <li key={state} className={publicSigns[state].tone}>
                <span className="glyph" aria-hidden>
                  {publicSigns[state].glyph}
                </span>
                {edition.counts.public[state]} {publicSigns[state].word[language]}
              </li>
            ))}
        </ul>
        {draft && maySign ? (
          <Button size="compact-sm" className="row-sign" onClick={() => setAsking(true)}>
            {t('edition.sign')}
          </Button>
        ) : null}
      </div>
      <div className="row-actions">
        {formats.map(({ key, label }) => (
          <a key={key} href={tenantAddress(slug, 'edition.file', { editionId: edition.id, format: key })} download>
            {label[language]}
          </a>
        ))}
        <OscalFiles
          name={draft ? t('edition.isDraft') : t('edition.number', { number: edition.number })}
          hasPlan={edition.hasPlan}
          addressOf={(format) => tenantAddress(slug, 'edition.file', { editionId: edition.id, format })}
        />
        {draft ? null : <Annex edition={edition} />}
        <HistoryButton
          id={edition.id}
          name={draft ? t('edition.isDraft') : t('edition.number', { number: edition.number })}
        />
      </div>
      {draft ? <SignOff edition={edition} isFirst={isFirst} opened={asking} onClose={() => setAsking(false)} /> : null}
    </li>
  )
}

function SignOff({
  edition,
  isFirst,
  opened,
  onClose,
}: {
  edition: EditionView
  isFirst: boolean
  opened: boolean
  onClose: () => void
}) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const [read, setRead] = useState(false)
  const signing = useChange('edition.sign', { stale: ['edition.list', 'ledger.show'], quiet: true, onDone: onClose })
  const { counts } = edition
  const unconfirmed = useRead('register.show', {}, { enabled: opened }).data?.counts.unconfirmed ?? 0
  const due = counts.public['correction-due']
  const undecided = useRead('edition.compare', {}, { enabled: opened && !isFirst }).data?.counts.undecided ?? 0
  return (
    <Dialog title={t('edition.signTitle')} opened={opened} onClose={onClose}>
      <p>{t('edition.signText')}</p>
      <ul className="plain-list">
        <li>{t('edition.signLines', { count: counts.lines, proven: counts.public.proven })}</li>
        {unconfirmed > 0 ? <li>{t('edition.signUnconfirmed', { count: unconfirmed })}</li> : null}
        {due > 0 ? <li>{t('edition.signDue', { count: due })}</li> : null}
        <li>{t('edition.signPlace', { path: `/trust/${slug}` })}</li>
        <li>{t('edition.signForever')}</li>
      </ul>
      {undecided > 0 ? (
        <p role="status">
          {t('edition.signDecide', { count: undecided })}{' '}
          <Link to="/t/$slug/editions/compare" params={{ slug }} search={{}}>
            {t('edition.signDecideLink')}
          </Link>
        </p>
      ) : null}
      <Checkbox
        label={t('edition.signRead')}
        checked={read}
        onChange={(event) => setRead(event.currentTarget.checked)}
      />
      {signing.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(signing.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button
          variant="filled"
          disabled={!read || undecided > 0}
          loading={signing.isPending}
          onClick={() => signing.mutate({ editionId: edition.id })}
        >
          {t('edition.sign')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </Dialog>
  )
}
