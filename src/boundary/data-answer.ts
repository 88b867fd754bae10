import { failure, success, type Outcome, type Trouble } from '../volume/index.ts';

/** What matters of an answer of the data plane; fetch's `Response` is one. */
export interface DataAnswer {
  readonly ok: boolean;
  json(): Promise<unknown>;
}

/** The answer asked for, or the host's own words for its refusal; `gone` when nobody answers or the words can not be read. */
export async function answerOf<Answer extends DataAnswer>(
  asked: Promise<Answer>,
  gone: Outcome<never>,
): Promise<Outcome<Answer>> {
  let answer: Answer;
  try {
    answer = await asked;
  } catch {
    return gone;
  }
  if (answer.ok) return success(answer);
  const trouble = (await answer.json().catch(() => null)) as Trouble | null;
  return trouble === null ? gone : failure(trouble.code, trouble.message);
}
