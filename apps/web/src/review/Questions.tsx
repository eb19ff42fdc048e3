import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { useChange, useRead } from '../api/use-api.ts'
import { Reason } from '../duty/Reason.tsx'
import { Dialog } from '../frame/Dialog.tsx'
import { Loaded } from '../frame/Loaded.tsx'
import { staleReviews } from './line-key.ts'
import { accountWord, rightsWord } from './own-account.ts'

type Question = Output<'review.questions'>['questions'][number]

/** What somebody is asked about accounts, whether or not they may see the review. */
export function Questions() {
  const { t } = useTranslation()
  const read = useRead('review.questions', {})
  return (
    <Loaded read={read}>
      {({ questions }) =>
        questions.length === 0 ? null : (
          <section className="section" aria-labelledby="questions">
            <h2 id="questions">{t('review.questions')}</h2>
            <ul className="rows">
              {questions.map((one) => (
                <QuestionRow key={`${one.reviewId} ${one.line}`} question={one} />
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  )
}

function QuestionRow({ question }: { question: Question }) {
  const { t } = useTranslation()
  const { reviewId, line, systemName, account, rights, reason, holder } = question
  const [answer, setAnswer] = useState<'keep' | 'remove' | null>(null)
  const answering = useChange('review.answer', { stale: staleReviews, onDone: () => setAnswer(null) })
  const name = `${systemName}: ${accountWord(account, t)}`
  return (
    <li className="row">
      <div className="row-main">
        <h3 className="row-title account-id">{name}</h3>
        <p className="note quiet">
          {[holder, rightsWord({ account, rights }, t), reason].filter((one) => one !== null && one !== '').join(' · ')}
        </p>
      </div>
      <div className="row-actions">
        {(['keep', 'remove'] as const).map((one) => (
          <Button
            key={one}
            size="compact-sm"
            aria-label={`${t(`review.${one}`)}: ${name}`}
            onClick={() => setAnswer(one)}
          >
            {t(`review.${one}`)}
          </Button>
        ))}
      </div>
      <Dialog title={name} opened={answer !== null} onClose={() => setAnswer(null)}>
        <Reason
          lead={t('review.answerLead')}
          action={t(`review.${answer ?? 'keep'}`)}
          sending={answering}
          onReason={(given) => answering.mutate({ reviewId, line, answer: answer ?? 'keep', reason: given })}
        />
      </Dialog>
    </li>
  )
}
