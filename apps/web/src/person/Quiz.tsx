import { Button, Radio } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { sentenceOf } from '../api/sentence.ts'
import { useChange, useTenant } from '../api/use-api.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'
import { Downloads } from '../paper/Downloads.tsx'
import { stale } from './record.ts'

type Attempt = Output<'quiz.start'>

/** The questions of a course, and what the server made of the answers. */
export function Quiz({
  attempt: { attemptId, questions },
  onAgain,
  onLessons,
}: {
  attempt: Attempt
  onAgain: () => void
  onLessons: () => void
}) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({})
  const answering = useChange('quiz.answer', { stale, quiet: true })
  const open = questions.filter(({ questionId }) => chosen[questionId] === undefined).length
  if (answering.data)
    return <Result result={answering.data} questions={questions} onAgain={onAgain} onLessons={onLessons} />
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        answering.mutate({
          attemptId,
          answers: questions.map(({ questionId }) => ({ questionId, answer: chosen[questionId] ?? 0 })),
        })
      }}
    >
      <p className="quiet">{t('course.askText')}</p>
      {questions.map(({ questionId, ask, answers }, index) => (
        <Radio.Group
          key={questionId}
          className="quiz-question"
          name={questionId}
          label={`${index + 1}. ${ask}`}
          value={chosen[questionId] === undefined ? '' : `${chosen[questionId]}`}
          onChange={(value) => setChosen((all) => ({ ...all, [questionId]: Number(value) }))}
          required
          withAsterisk={false}
        >
          <div className="record-points">
            {answers.map((answer, place) => (
              <Radio key={answer} value={`${place}`} label={answer} />
            ))}
          </div>
        </Radio.Group>
      ))}
      {answering.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(answering.error, t)}
        </p>
      ) : null}
      <div className="actions">
        <Button type="submit" variant="filled" loading={answering.isPending} disabled={open > 0}>
          {open > 0 ? t('course.left', { count: open }) : t('course.submit')}
        </Button>
        <Button onClick={onLessons}>{t('course.back')}</Button>
      </div>
    </form>
  )
}

function Result({
  result: { passed, correct, asked, wrong, trainingId, expiresOn, why },
  questions,
  onAgain,
  onLessons,
}: {
  result: Output<'quiz.answer'>
  questions: Attempt['questions']
  onAgain: () => void
  onLessons: () => void
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const asks = new Map(questions.map(({ questionId, ask }) => [questionId, ask]))
  return (
    <section aria-labelledby="result">
      <h2 id="result" className={passed ? 'good' : 'bad'}>
        <span aria-hidden>{passed ? '● ' : '▲ '}</span>
        {t(passed ? 'course.passed' : 'course.failed', { correct, asked })}
      </h2>
      {passed && trainingId !== null && expiresOn !== null ? (
        <>
          <p>{t('course.until', { on: day(expiresOn, language) })}</p>
          <Downloads
            operation="training.certificate"
            input={{ trainingId }}
            formats={['pdf', 'docx']}
            label={t('course.certificate')}
          />
          <ul className="rows">
            {why.map((one) => (
              <li key={one.questionId} className="row">
                <div className="row-main">
                  <h3 className="row-title">{asks.get(one.questionId)}</h3>
                  <p>
                    {wrong.includes(one.questionId) ? (
                      <span className="bad">
                        <span aria-hidden>▲ </span>
                        {t('course.wasWrong')}{' '}
                      </span>
                    ) : null}
                    {one.answer}
                  </p>
                  <p className="note quiet">{one.why}</p>
                </div>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <p>{t('course.wrong')}</p>
          <ul className="record-lines">
            {wrong.map((id) => (
              <li key={id}>{asks.get(id)}</li>
            ))}
          </ul>
        </>
      )}
      <div className="actions">
        {passed ? null : (
          <Button variant="filled" onClick={onAgain}>
            {t('course.again')}
          </Button>
        )}
        <Button onClick={onLessons}>{t('course.back')}</Button>
        <Link to="/t/$slug/people" params={{ slug }} search={{ view: 'mine' }}>
          {t('record.tab.mine')}
        </Link>
      </div>
    </section>
  )
}
