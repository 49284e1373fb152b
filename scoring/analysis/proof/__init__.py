"""Whether a ruleset, run through the engine, gives what its file says: proved category by category.

What is proved, and how:

1. A category depends on its own facts alone, each of them on its breakpoints alone. So every
   combination of these is run (`grid`), and compared with a second, plain reading of the file
   (`as_written`) that shares no arithmetic with the engine.
2. An unknown answer is one more value. Its low must be the least, its high the most of what its
   known values give, one fact at a time. As that holds for each fact, it holds for all together:
   low and high are those of all ways to complete the answers, and telling more never widens them.
3. Lemma (`sums`): no fact belongs to two categories, and a part's cap and the sums never fall when
   a category's points grow. So the least of the whole is the sum of the least, the most likewise.
"""
