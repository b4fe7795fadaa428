import { Radio } from "@mantine/core";
import type { InstrumentFacts } from "@vigil/shared/course";

/** What is answered so far; nothing is answered before a person says so. */
export type ItemDraft = readonly (number | undefined)[];

interface ItemAnswersProps {
  readonly facts: NonNullable<InstrumentFacts["items"]>;
  readonly answers: ItemDraft;
  readonly change: (answers: ItemDraft) => void;
}

/** A questionnaire item by item, as it stands on paper: a row an item, a column an answer. */
export function ItemAnswers({ facts, answers, change }: ItemAnswersProps) {
  const set = (index: number, answer: number) =>
    change(facts.asks.map((_, each) => (each === index ? answer : answers[each])));
  return (
    <div className="items">
      <ol className="item-words" aria-hidden="true">
        {facts.words.map((words, value) => (
          <li key={words}>
            <b>{value}</b> {words}
          </li>
        ))}
      </ol>
      {facts.asks.map((asks, index) => (
        <Radio.Group
          key={asks}
          className="item"
          label={`${index + 1}. ${asks}`}
          value={answers[index] === undefined ? null : String(answers[index])}
          onChange={(value) => set(index, Number(value))}
        >
          <div className="item-choices">
            {facts.words.map((words, value) => (
              <Radio.Card key={words} className="item-choice" value={String(value)} aria-label={`${value}, ${words}`}>
                {value}
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
      ))}
    </div>
  );
}
