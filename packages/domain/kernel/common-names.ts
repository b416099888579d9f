/**
 * Words by which a row of capitalised words is told for a person's name, or for that of a place, a
 * body, a disposal or a programme. Lists of common words, never complete: what stands in neither
 * counts as a name.
 */
const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter(Boolean));

/** Given names that are common in Britain: whoever has one is a person, whatever follows. */
export const givenNames = words(`
  aaron abdul abdullah abigail adam adele adrian ahmed aisha alan albert alex alexander alexandra
  alfie ali alice alison amanda amber amelia amina amy ana andrew angela anita ann anna anne
  annie anthony antonio arjun arthur asha ashley ava ayesha barbara barry beatrice ben benjamin
  bernard beth bethany beverley bilal blessing bob brandon brenda brian bridget callum cameron
  carl carol caroline catherine charles charlie charlotte chantelle chloe chris christian
  christine christopher claire clare colin connor craig daisy daniel danielle darren dave david
  dawn dean deborah declan denise dennis derek diana diane dominic donald donna doris dorothy
  douglas dylan edith edward eileen elaine eleanor elizabeth ella ellen ellie emily emma eric
  erin ethan eva evelyn evie faith farah fatima fatuma finley fiona florence frances francis
  frank fred freddie freya gareth gary gavin gemma geoffrey george georgia gerald gillian glenn
  grace graham gregory gwen hannah hamza harriet harry harvey hassan hazel heather helen henry
  holly howard hugh ian ibrahim imran imogen irene isaac isabella isla ivan jack jacob jacqueline
  jade jake james jamie jan jane janet janice jasmine jason jay jayden jean jeffrey jennifer
  jenny jeremy jessica jill jim joan joanne jodie joe joel john jonathan jordan joseph josh
  joshua joyce judith julia julian julie june karen kate katherine kathleen katie kayleigh keith
  kelly ken kenneth kerry kevin kieran kim kimberley kirsty kofi kwame kyle laura lauren leah
  leanne lee leo leon lesley lewis liam lily linda lisa liz logan lola louis louise lucas lucy
  luke lydia lynn maggie malcolm marcus margaret maria marie marion mark martin mary maryam mason
  matilda matthew maureen max maya megan mehmet melanie melissa mia michael michelle mike millie
  mohamed mohammad mohammed molly monica morgan muhammad naomi natalie natasha nathan neil niamh
  nicholas nick nicola nigel noah noor nora norman oliver olivia omar oscar owen paige pamela
  patricia patrick paul paula pauline peter philip phoebe poppy priya rachel raj ravi raymond
  rebecca reece rhys richard riley rita robert robin roger ronald rory rosa rose rosie ross roy
  ruby russell ruth ryan sadia sally sam samantha samira samuel sandra sana sara sarah scott sean
  sebastian shabnam shane shannon sharon sheila shirley simon sophia sophie stacey stanley stefan
  stephanie stephen steve steven stuart sue sunita susan suzanne sylvia tariq teresa terry theo
  thomas tia tiffany tim timothy tina toby tom tony tracey trevor tyler valerie vanessa vera
  veronica victor vikram vincent wayne wendy william yasmin yusuf yvonne zac zainab zara zoe
`);

/** Words of places, disposals, bodies, programmes and documents, wherever in the row they stand. */
export const commonWords = words(`
  north south east west northern southern eastern western greater great upper lower inner outer
  mid central new old royal isle saint st london wales england scotland ireland britain midlands
  riding city county borough town village district metropolitan unitary park heath hill green
  wood woods common bay island valley vale ridge bridge field fields hamlets keynes gate cross
  end moor marsh forest road street lane avenue square house lodge farm estate centre arena
  stadium market station order caution resolution disposal disposals detention training
  rehabilitation supervision surveillance curfew requirement requirements reprimand warning
  remand licence bail discharge referral reparation custody sentence penalty notice outcome
  community conditional absolute intensive restorative deferred absolute prevention diversion
  exploitation violence reduction knife crime youth young people child children family families
  early help safer supporting troubled public social special educational education needs health
  mental care safety safeguarding therapy award duty standards standard national local regional
  key stage lines first search stop appropriate adult adults looked leaving pathway framework
  model tool assessment matrix index act code charter report review survey census data statistics
  bulletin department ministry crown high magistrates justice home human rights equality race
  disproportionality black white asian british english welsh scottish irish caribbean african
  european gypsy roma traveller mixed muslim liaison pupil premium ofsted turnaround prevent
  asset plus bronze silver gold level speech language literacy maths january february march april
  may june july august september october november december monday tuesday wednesday thursday
  friday saturday sunday christmas easter
`);

/** How places end that have one name: Derbyshire, Portsmouth, Merseyside. */
export const placeEndings =
  /(?:shire|borough|burgh|chester|cester|mouth|side|minster|sussex|essex|wick|pool|hampton)$/;
