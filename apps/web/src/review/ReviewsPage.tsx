import { Button } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '../account/session.ts'
import type { Output } from '../api/api.ts'
import { useChange, useRead, useTenant } from '../api/use-api.ts'
import { SystemTabs } from '../connection/SystemTabs.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { Page } from '../frame/Page.tsx'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Questions } from './Questions.tsx'
import { Sitting } from './Sitting.tsx'
import { staleReviews } from './line-key.ts'
import '../person/person.css'
import './review.css'

type Listed = Output<'review.list'>['reviews'][number]

/** Reviews of who may do what. Whoever may not see them finds what they are asked. */
export function ReviewsPage() {
  const { t } = useTranslation()
  const { review } = useSearch({ from: '/signed-in/t/$slug/reviews' })
  const maySee = useMay('access:read')
  return (
    <Page title={t('review.title')} lead={t('review.lead')}>
      <SystemTabs />
      {review === undefined || !maySee ? <Questions /> : null}
      {!maySee ? null : review === undefined ? <Reviews /> : <Sitting reviewId={review} />}
    </Page>
  )
}

function Reviews() {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const navigate = useNavigate()
  const read = useRead('review.list', {})
  const mayWrite = useMay('register:write')
  const starting = useChange('review.start', {
    stale: staleReviews,
    onDone: ({ reviewId }) => void navigate({ to: '/t/$slug/reviews', params: { slug }, search: { review: reviewId } }),
  })
  return (
    <Loaded read={read}>
      {({ reviews }) => {
        const open = reviews.find(({ signedAt }) => signedAt === null)
        return (
          <>
            {reviews.length === 0 ? <p>{t('review.none')}</p> : null}
            <ul className="rows">
              {reviews.map((one) => (
                <ReviewRow key={one.reviewId} review={one} />
              ))}
            </ul>
            {mayWrite && !open ? (
              <div className="actions">
                <Button variant="filled" loading={starting.isPending} onClick={() => starting.mutate({})}>
                  {t('review.start')}
                </Button>
              </div>
            ) : null}
          </>
        )
      }}
    </Loaded>
  )
}

function ReviewRow({ review }: { review: Listed }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const { reviewId, startedAt, signedAt, lines, decided, keep, remove, ask, open, asking } = review
  const said = [
    signedAt === null
      ? t('review.decidedOf', { decided, count: lines })
      : t('review.result', { count: lines, keep, remove, ask }),
    open > 0 ? t('review.stillOpen', { count: open }) : null,
    asking > 0 ? t('review.asking', { count: asking }) : null,
  ]
  return (
    <li className="row">
      <div className="row-main">
        <h2 className="row-title">
          <Link to="/t/$slug/reviews" params={{ slug }} search={{ review: reviewId }}>
            {signedAt === null
              ? t('review.goesOn', { day: day(startedAt, language) })
              : t('review.signedOn', { day: day(signedAt, language) })}
          </Link>
        </h2>
        <p className="note quiet">{said.filter((one) => one !== null).join(' · ')}</p>
      </div>
    </li>
  )
}
