/** Thrown if a search has spent its steps. The comparison catches it, and answers "undecided". */
export class BudgetSpent extends Error {
  constructor() {
    super("the comparison takes more steps than its budget has");
  }
}

/**
 * The number of steps that comparisons may take together. Steps and not time, so that the same documents get the
 * same answer on every machine. Whether a request exists that documents allow is as hard as 3-SAT, so
 * there are always documents that no budget settles.
 */
export class Budget {
  private left: number;
  private floor = 0;

  /** @param steps a step is about the work of comparing one character of one pattern */
  constructor(steps: number) {
    this.left = steps;
  }

  /** @throws BudgetSpent if less than `steps` is left */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < this.floor) throw new BudgetSpent();
  }

  /**
   * Runs `work` with half of the remaining steps, so that one hard question does not keep the questions
   * after it from being asked.
   *
   * @throws BudgetSpent if `work` spends it
   */
  half<Result>(work: () => Result): Result {
    const outer = this.floor;
    this.floor = Math.max(outer, Math.floor((this.left + outer) / 2));
    try {
      return work();
    } finally {
      this.floor = outer;
    }
  }
}
