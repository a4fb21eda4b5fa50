import { describeCombinations } from "../support/combinations";

// Half of the 2,047 combinations: the other half runs beside it.
describeCombinations("without docdb", (types) => !types.includes("docdb"));
