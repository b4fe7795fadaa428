import type { PlanStep } from "@vigil/shared/session";

const NAME: { readonly [I in PlanStep["id"]]: string } = {
  dose: "Dose",
  volume: "Volume",
  rate: "Rate needed",
  duration: "Runs for",
  bag: "In the bag",
};

interface ArithmeticProps {
  readonly steps: readonly PlanStep[];
  /** What is wrong with what follows from the fields. */
  readonly wrong?: string | undefined;
}

/** How one figure of a plan follows from the others, to be worked out again by whoever checks it. */
export function Arithmetic({ steps, wrong }: ArithmeticProps) {
  return (
    <div className="arithmetic">
      {steps.length > 0 && (
        <dl aria-label="How it is worked out">
          {steps.map(({ id, text }) => {
            const equals = text.lastIndexOf("=");
            return (
              <div key={id}>
                <dt>{NAME[id]}</dt>
                <dd>
                  {text.slice(0, equals + 1)} <b>{text.slice(equals + 2)}</b>
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {wrong !== undefined && (
        <p className="field-wrong" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}
