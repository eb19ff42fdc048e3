import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Reason } from '../duty/Reason.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Sign } from '../frame/Sign.tsx'
import { useLetterKeys } from '../frame/use-letter-keys.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { said } from './leaver-sign.ts'
import { reviewAction, staleReviews } from './line-key.ts'
import { accountWord, rightsWord } from './own-account.ts'

type Shown = Output<'review.show'>
type Line = Shown['lines'][number]

const changes = ['new', 'rights', 'holder', 'back'] as const

/** The accounts of a page, decided with the keyboard or by buttons. */
export function Lines({ reviewId, shown }: { reviewId: string; shown: Shown }) {
  const { t } = useTranslation()
  const [letters] = useLetterKeys()
  const list = useRef<HTMLDivElement>(null)
  const [asking, setAsking] = useState<Line | null>(null)
  const mayWrite = useMay('register:write')
  const isOpen = shown.review.signedAt === null && mayWrite
  const deciding = useChange('review.decide', { stale: staleReviews, onDone: () => setAsking(null) })
  const focus = (index: number) => {
    const rows = list.current?.querySelectorAll<HTMLElement>('[data-line]')
    rows?.[Math.max(0, Math.min(index, rows.length - 1))]?.focus()
  }
  const decide = (line: Line, decision: 'keep' | 'remove', index: number) => {
    deciding.mutate({ reviewId, lines: [line.line], decision })
    focus(index + 1)
  }
  const undecided = shown.lines.filter(({ decision }) => decision === null)
  return (
    <>
      {isOpen ? (
        <>
          <p className="note quiet">{t(letters ? 'review.keys' : 'review.arrows')}</p>
          {undecided.length > 1 ? (
            <div className="actions">
              <Button
                size="compact-sm"
                loading={deciding.isPending}
                onClick={() =>
                  deciding.mutate({ reviewId, lines: undecided.map(({ line }) => line), decision: 'keep' })
                }
              >
                {t('review.keepPage', { count: undecided.length })}
              </Button>
            </div>
          ) : null}
        </>
      ) : null}
      <div
        role="grid"
        tabIndex={-1}
        className="rows"
        aria-label={t('review.accounts')}
        ref={list}
        onKeyDown={(event) => {
          const index = [...(list.current?.querySelectorAll('[data-line]') ?? [])].indexOf(event.target as Element)
          const line = shown.lines[index]
          const action = line && isOpen ? reviewAction(event, letters) : null
          if (!line || action === null) return
          event.preventDefault()
          if (action === 'next') focus(index + 1)
          else if (action === 'previous') focus(index - 1)
          else if (action === 'ask') setAsking(line)
          else decide(line, action, index)
        }}
      >
        {shown.lines.map((line, index) => (
          <div
            key={line.line}
            role="row"
            className="row review-line"
            data-line={line.line}
            tabIndex={isOpen && index === 0 ? 0 : -1}
            aria-label={`${line.systemName}: ${accountWord(line.account, t)}`}
          >
            <LineText line={line} />
            <div role="gridcell" className="row-state">
              <Sign sign={lineSign(line, t)} />
            </div>
            {isOpen ? (
              <div role="gridcell" className="row-actions">
                <Button
                  size="compact-sm"
                  aria-label={t('review.keepOf', named(line, t))}
                  onClick={() => decide(line, 'keep', index)}
                >
                  {t('review.keep')}
                </Button>
                <Button
                  size="compact-sm"
                  aria-label={t('review.removeOf', named(line, t))}
                  onClick={() => decide(line, 'remove', index)}
                >
                  {t('review.remove')}
                </Button>
                <Button
                  size="compact-sm"
                  aria-label={t('review.askOf', named(line, t))}
                  onClick={() => setAsking(line)}
                >
                  {t('review.ask')}
                </Button>
              </div>
            ) : null}
            {shown.review.signedAt !== null && mayWrite ? <Confirm reviewId={reviewId} line={line} /> : null}
          </div>
        ))}
      </div>
      <Dialog
        title={asking === null ? '' : t('review.askOf', named(asking, t))}
        opened={asking !== null}
        onClose={() => setAsking(null)}
      >
        {asking === null ? null : (
          <Ask
            sending={deciding}
            onAsk={(askedAccount, reason) =>
              deciding.mutate({ reviewId, lines: [asking.line], decision: 'ask', askedAccount, reason })
            }
          />
        )}
      </Dialog>
    </>
  )
}

/** What a sentence about an account calls it; whose it is tells two members apart. */
function named({ systemName, account, holder }: Line, t: TFunction) {
  const word = accountWord(account, t)
  return { systemName, account: word === account || holder === null ? word : `${word} ${holder}` }
}

function LineText({ line }: { line: Line }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const words = [
    line.holder ?? t('review.nobody'),
    line.person === null ? null : line.person,
    line.isAdmin ? t('review.admin') : null,
    line.isActive === false ? t('leaving.account.disabled') : null,
    rightsWord(line, t) || null,
    line.usedAt === null ? null : t('review.usedOn', { day: day(line.usedAt, language) }),
    line.before === null || line.beforeOn === null
      ? null
      : t('review.before', { decision: t(`review.was.${line.before}`), day: day(line.beforeOn, language) }),
    line.asked === null ? null : t('review.asked', { name: line.asked }),
    line.answerReason || line.reason || null,
  ]
  const marks = changes.filter((one) => line.changes.includes(one))
  return (
    <div role="gridcell" className="row-main">
      <h3 className="row-title">
        {line.systemName}: <span className="account-id">{accountWord(line.account, t)}</span>
      </h3>
      <p className="note quiet account-id">{words.filter((one) => one !== null).join(' · ')}</p>
      {marks.length === 0 ? null : <p className="note">△ {marks.map((one) => t(`review.change.${one}`)).join(', ')}</p>}
    </div>
  )
}

function lineSign({ decision, answer, state }: Line, t: TFunction) {
  const decided = answer ?? decision
  if (decided === null) return said('plain', t('review.state.open'))
  if (decided === 'keep') return said('good', t('review.state.keep'))
  if (decided === 'ask') return said('waiting', t('review.state.ask'))
  if (state === 'gone' || state === 'disabled') return said('good', t('review.state.gone'))
  return state === 'said' ? said('vouched', t('review.state.said')) : said('bad', t('review.state.remove'))
}

/** Where nothing can look, a person says that it is gone. */
function Confirm({ reviewId, line }: { reviewId: string; line: Line }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const confirming = useChange('review.confirm', { stale: staleReviews, onDone: () => setAsking(false) })
  const isRemoval = line.decision === 'remove' || line.answer === 'remove'
  if (!isRemoval || line.seenAt !== null || line.isOwn || line.state === 'said') return null
  return (
    <div role="gridcell" className="row-actions">
      <Button size="compact-sm" onClick={() => setAsking(true)}>
        {t('leaving.confirm')}
      </Button>
      <Dialog title={t('leaving.confirm')} opened={asking} onClose={() => setAsking(false)}>
        <Reason
          lead={t('leaving.confirmLead')}
          action={t('leaving.confirm')}
          sending={confirming}
          onReason={(reason) => confirming.mutate({ reviewId, line: line.line, reason })}
        />
      </Dialog>
    </div>
  )
}

function Ask({
  sending,
  onAsk,
}: {
  sending: { readonly isPending: boolean }
  onAsk: (accountId: string, reason: string) => void
}) {
  const { t } = useTranslation()
  const people = useRead('review.list', {}).data?.people ?? []
  const [who, setWho] = useState('')
  const [reason, setReason] = useState('')
  const chosen = who === '' ? (people[0]?.accountId ?? '') : who
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        onAsk(chosen, reason)
      }}
    >
      <NativeSelect
        label={t('review.whom')}
        value={chosen}
        onChange={(event) => setWho(event.currentTarget.value)}
        data={people.map(({ accountId, name }) => ({ value: accountId, label: name }))}
      />
      <Textarea
        label={t('review.question')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="actions">
        <Button type="submit" variant="filled" loading={sending.isPending}>
          {t('review.ask')}
        </Button>
      </div>
    </form>
  )
}
