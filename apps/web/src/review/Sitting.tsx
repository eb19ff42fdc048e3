import { Button, NativeSelect } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { Reason } from '../duty/Reason.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { Lines } from './Lines.tsx'
import { staleReviews } from './line-key.ts'

type Shown = Output<'review.show'>
const filters = ['open', 'changed', 'remove', 'ask'] as const

/** One review: an account after the other, saved as one goes. */
export function Sitting({ reviewId }: { reviewId: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const [system, setSystem] = useState('')
  const [of, setOf] = useState('')
  const [page, setPage] = useState(0)
  const wanted = filters.find((one) => one === of)
  const read = useRead(
    'review.show',
    { reviewId, ...(system === '' ? {} : { system }), ...(wanted === undefined ? {} : { of: wanted }), page },
    { keep: true },
  )
  return (
    <>
      <p>
        <Link to="/t/$slug/reviews" params={{ slug }} search={{}}>
          {t('review.all')}
        </Link>
      </p>
      <Loaded read={read}>
        {(shown) => (
          <>
            <Progress shown={shown} />
            <div className="account-filters">
              <NativeSelect
                label={t('review.system')}
                value={system}
                onChange={(event) => {
                  setSystem(event.currentTarget.value)
                  setPage(0)
                }}
                data={[
                  { value: '', label: t('review.everySystem', { count: shown.review.lines }) },
                  ...shown.systems.map((one) => ({
                    value: one.system,
                    label: t('review.systemOf', { name: one.name, decided: one.decided, count: one.lines }),
                  })),
                ]}
              />
              <NativeSelect
                label={t('review.which')}
                value={of}
                onChange={(event) => {
                  setOf(event.currentTarget.value)
                  setPage(0)
                }}
                data={[
                  { value: '', label: t('review.filter.all') },
                  ...filters.map((one) => ({ value: one, label: t(`review.filter.${one}`) })),
                ]}
              />
            </div>
            {shown.lines.length === 0 ? <p>{t('review.noLines')}</p> : null}
            <Lines reviewId={reviewId} shown={shown} />
            {shown.pages < 2 ? null : (
              <nav className="pager" aria-label={t('holder.pages')}>
                <Button size="compact-sm" disabled={shown.page === 0} onClick={() => setPage(shown.page - 1)}>
                  {t('holder.before')}
                </Button>
                <span className="note quiet">
                  {t('holder.page', { page: shown.page + 1, pages: shown.pages, found: shown.found })}
                </span>
                <Button
                  size="compact-sm"
                  disabled={shown.page + 1 >= shown.pages}
                  onClick={() => setPage(shown.page + 1)}
                >
                  {t('holder.next')}
                </Button>
              </nav>
            )}
            <Close shown={shown} />
            <Downloads
              operation="review.export"
              input={{ reviewId }}
              formats={['pdf', 'docx', 'csv']}
              label={t('review.record')}
            />
          </>
        )}
      </Loaded>
    </>
  )
}

function Progress({ shown: { review } }: { shown: Shown }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { startedAt, signedAt, decided, lines, keep, remove, ask, listHash } = review
  return (
    <>
      <h2>
        {signedAt === null
          ? t('review.goesOn', { day: day(startedAt, language) })
          : t('review.signedOn', { day: day(signedAt, language) })}
      </h2>
      <p role="status">
        {signedAt === null
          ? t('review.decidedOf', { decided, count: lines })
          : t('review.result', { count: lines, keep, remove, ask })}
      </p>
      {signedAt === null ? (
        <progress aria-label={t('review.progress')} max={Math.max(lines, 1)} value={decided} />
      ) : (
        <p className="note quiet account-id">{t('review.hash', { hash: listHash })}</p>
      )}
    </>
  )
}

function Close({ shown: { review } }: { shown: Shown }) {
  const { t } = useTranslation()
  const mayWrite = useMay('register:write')
  const [dropping, setDropping] = useState(false)
  const [duties, setDuties] = useState<Output<'review.sign'>['duties']>([])
  const signing = useChange('review.sign', {
    stale: [...staleReviews, 'duty.calendar', 'duty.list'],
    onDone: (signed) => setDuties(signed.duties),
  })
  const { reviewId } = review
  const dropped = useChange('review.drop', { stale: staleReviews, onDone: () => setDropping(false) })
  if (review.signedAt !== null)
    return (
      <ul className="plain" role="status">
        {duties.map(({ title, isSigned }) => (
          <li key={title}>{t(isSigned ? 'review.dutyDone' : 'review.dutyLeft', { title })}</li>
        ))}
      </ul>
    )
  if (!mayWrite) return null
  const left = review.lines - review.decided
  return (
    <>
      <div className="actions">
        <Button
          variant="filled"
          disabled={left > 0}
          loading={signing.isPending}
          onClick={() => signing.mutate({ reviewId })}
        >
          {t('review.sign')}
        </Button>
        <Button onClick={() => setDropping(true)}>{t('review.drop')}</Button>
      </div>
      {left > 0 ? <p className="note quiet">{t('review.left', { count: left })}</p> : null}
      <Dialog title={t('review.drop')} opened={dropping} onClose={() => setDropping(false)}>
        <Reason
          lead={t('review.dropLead')}
          action={t('review.drop')}
          sending={dropped}
          onReason={(reason) => dropped.mutate({ reviewId, reason })}
        />
      </Dialog>
    </>
  )
}
